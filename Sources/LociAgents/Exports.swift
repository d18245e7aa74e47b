// Whoever imports bots sees the memory that they are namespaces of.
@_exported public import LociMemory
