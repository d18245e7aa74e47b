// An app that imports this product alone sees the values and errors that its calls speak of.
@_exported public import LociCore
