// An app imports Loci alone and sees the memory, and what its calls speak of.
@_exported public import LociMemory
