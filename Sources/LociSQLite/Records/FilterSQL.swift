import LociCore
import LociSQL

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

  /// What is asked for beside the namespace.
  enum Part {
    case everything
    case only(Set<Attribute>)
    /// The other attributes, and metadata.
    case beyond(Set<Attribute>)
  }

  /// Translates a filter's namespace, and the part of the rest that is asked for.
  init(_ filter: Filter, table: String, _ part: Part = .everything) throws {
    self.table = table
    sql = "\(table).namespace = ?"
    values = [.text(filter.namespace.name)]
    for test in filter.attributeTests where part.has(test.attribute) { try require(test) }
    if part.hasMetadata { for condition in filter.metadata { try require(condition) } }
  }

  /// Whether every entry of the namespace passes.
  var isNamespaceOnly: Bool { values.count == 1 }

  private mutating func require(_ condition: String, _ bound: Value...) {
    sql += " AND " + condition
    values += bound
  }

  private mutating func require(_ test: AttributeTest) throws {
    let column = "\(table).\(test.attribute.rawValue)"
    switch test.condition {
    // One name is by far the usual case, and an index serves it best.
    case .isOneOf(let names) where names.count == 1: require("\(column) = ?", .text(names[0]))
    case .isOneOf(let names):
      require(
        "\(column) IN (SELECT value FROM json_each(?))",
        .text(try MetadataJSON.array(names)))
    case .atLeast(let value): require("\(column) >= ?", Value(value))
    case .below(let value): require("\(column) < ?", Value(value))
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

extension FilterSQL.Part {
  fileprivate func has(_ attribute: Attribute) -> Bool {
    switch self {
    case .everything: true
    case .only(let attributes): attributes.contains(attribute)
    case .beyond(let attributes): !attributes.contains(attribute)
    }
  }

  fileprivate var hasMetadata: Bool {
    if case .only = self { false } else { true }
  }
}
