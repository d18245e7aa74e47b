import LociCore

/// A filter as a condition for LanceDB, and the tests that only the worker can make.
struct FilterSQL {
  /// The condition; it holds for every row that the whole filter lets pass.
  private(set) var sql: String
  /// What else a row must pass.
  private(set) var conditions: [WireCondition] = []

  /// Translates a filter.
  init(_ filter: Filter, in namespace: Namespace) {
    sql = SQL.test("namespace", isIn: [namespace.name])
    for test in filter.tests { sql += " AND " + SQL.condition(test) }
    for condition in filter.metadata { require(condition) }
  }

  private mutating func require(_ condition: MetadataCondition) {
    let terms = condition.value.elements.map {
      SQL.quote(MetadataTerms.term(condition.key, $0))
    }
    let test =
      terms.isEmpty ? "FALSE" : "array_has_any(terms, [\(terms.joined(separator: ", "))])"
    switch condition.comparison {
    case .equal: sql += " AND \(test)"
    case .notEqual: sql += " AND NOT \(test)"
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      conditions.append(WireCondition(condition))
    }
  }
}
