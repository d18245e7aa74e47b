// Who simulates a store speaks of records and vectors.
@_exported public import LociCore
