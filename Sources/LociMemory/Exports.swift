// Whoever imports a memory sees the values and answers that its calls speak of.
@_exported public import LociCore
@_exported public import LociIngest
@_exported public import LociRetrieval
