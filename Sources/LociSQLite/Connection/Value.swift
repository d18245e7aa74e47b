import LociSQL

/// What is bound to a statement.
typealias Value = SQLValue
