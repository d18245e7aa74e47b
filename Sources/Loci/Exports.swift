// An app imports Loci alone and sees the memory, what is built on it, and what its calls speak of.
@_exported public import LociAgents
@_exported public import LociMemory
