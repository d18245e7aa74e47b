import LociCore

/// A filter as a condition on `record` or `vector`, whose columns have the same names, and the
/// values that it binds.
///
/// The SQL depends only on the filter's shape, so that statements can be used again.
struct FilterSQL {
  /// The condition; it has one `?` for each value.
  private(set) var sql: String
  /// What to bind, in order.
  private(set) var values: [Value]
  private let table: String

  /// What a filter asks for beside its namespace.
  struct Parts: OptionSet {
    let rawValue: Int
    /// Collections and statuses.
    static let place = Parts(rawValue: 1)
    /// Categories and times.
    static let kind = Parts(rawValue: 2)
    /// The source and metadata.
    static let contents = Parts(rawValue: 4)
  }

  /// Translates a filter's namespace, and the parts of the rest that are asked for.
  init(_ filter: Filter, table: String, parts: Parts = [.place, .kind, .contents]) throws {
    self.table = table
    sql = "\(table).namespace = ?"
    values = [.text(filter.namespace.name)]
    if parts.contains(.place) {
      try require("collection", isIn: filter.collections?.map(\.name))
      try require("status", isIn: filter.statuses?.map(\.rawValue))
    }
    if parts.contains(.kind) { try requireKind(of: filter) }
    if parts.contains(.contents) {
      if let uri = filter.sourceURI { require("\(table).source_uri = ?", .text(uri)) }
      for condition in filter.metadata { try require(condition) }
    }
  }

  /// Whether every entry of the namespace passes.
  var isNamespaceOnly: Bool { values.count == 1 }

  private mutating func requireKind(of filter: Filter) throws {
    try require("category", isIn: filter.categories?.map(\.name))
    if let from = filter.createdFrom {
      require("\(table).created_at >= ?", .integer(from.millisecondsSince1970))
    }
    if let before = filter.createdBefore {
      require("\(table).created_at < ?", .integer(before.millisecondsSince1970))
    }
  }

  private mutating func require(_ condition: String, _ bound: Value...) {
    sql += " AND " + condition
    values += bound
  }

  private mutating func require(_ column: String, isIn names: [String]?) throws {
    guard let names else { return }
    // One name is by far the usual case, and an index serves it best.
    if names.count == 1 {
      require("\(table).\(column) = ?", .text(names[0]))
    } else {
      require(
        "\(table).\(column) IN (SELECT value FROM json_each(?))",
        .text(try MetadataJSON.array(names.sorted())))
    }
  }

  private mutating func require(_ condition: MetadataCondition) throws {
    let (test, bound) = try Self.test(condition)
    let prefix = condition.comparison == .notEqual ? "NOT " : ""
    sql += """
       AND \(prefix)EXISTS (SELECT 1 FROM json_each(\(table).metadata) AS pair
      WHERE pair.key = ? AND \(test))
      """
    values += [.text(MetadataJSON.escape(condition.key))] + bound
  }

  /// The test of a stored value. `notEqual` gives the test of equality, for the caller to negate.
  private static func test(_ condition: MetadataCondition) throws -> (String, [Value]) {
    let sign = condition.comparison == .notEqual ? "=" : condition.comparison.rawValue
    switch condition.value {
    case .string(let text):
      return ("pair.type = 'text' AND pair.value \(sign) ?", [.text(MetadataJSON.escape(text))])
    case .number(let number):
      // SQLite reads both sides from the same JSON text, so equal numbers stay equal.
      guard number.isFinite else { return (finiteTest(number, sign), []) }
      return (
        "pair.type IN ('integer', 'real') AND pair.value \(sign) json_extract(?, '$')",
        [.text(try MetadataJSON.number(number))]
      )
    case .bool(let bool):
      return ("pair.type IN ('false', 'true') AND pair.value \(sign) ?", [.integer(bool ? 1 : 0)])
    }
  }

  /// How finite numbers compare with a number that has no JSON: infinity and NaN.
  private static func finiteTest(_ number: Double, _ sign: String) -> String {
    let passes =
      number == .infinity ? sign.hasPrefix("<") : number == -.infinity && sign.hasPrefix(">")
    return passes ? "pair.type IN ('integer', 'real')" : "FALSE"
  }
}
