import LociCore

/// A filter as a condition for LanceDB, and the tests that only the worker can make.
struct FilterSQL {
  /// The condition; it holds for every row that the whole filter lets pass.
  private(set) var sql: String
  /// What else a row must pass.
  private(set) var conditions: [WireCondition] = []

  /// Translates a filter; nil where nothing can pass it.
  init?(_ filter: Filter) {
    sql = SQL.test("namespace", isIn: [filter.namespace.name])
    guard
      require("collection", isIn: filter.collections?.map(\.name)),
      require("status", isIn: filter.statuses?.map(\.rawValue)),
      require("category", isIn: filter.categories?.map(\.name)),
      filter.createdBefore?.millisecondsSince1970 != .min
    else { return nil }
    // The smallest number has no literal, and every time is at or after it.
    if let from = filter.createdFrom?.millisecondsSince1970, from != .min {
      sql += " AND created_at >= \(from)"
    }
    if let before = filter.createdBefore?.millisecondsSince1970 {
      sql += " AND created_at < \(before)"
    }
    if let uri = filter.sourceURI {
      sql += " AND source_uri = \(SQL.quote(MetadataJSON.escape(uri)))"
    }
    for condition in filter.metadata { require(condition) }
  }

  private mutating func require(_ column: String, isIn names: [String]?) -> Bool {
    guard let names else { return true }
    guard !names.isEmpty else { return false }
    sql += " AND " + SQL.test(column, isIn: names.sorted())
    return true
  }

  private mutating func require(_ condition: MetadataCondition) {
    let term = SQL.quote(MetadataTerms.term(condition.key, condition.value))
    switch condition.comparison {
    case .equal: sql += " AND array_has_any(terms, [\(term)])"
    case .notEqual: sql += " AND NOT array_has_any(terms, [\(term)])"
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      conditions.append(WireCondition(condition))
    }
  }
}
