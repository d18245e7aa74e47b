import LociCore
import LociSQL

/// A filter as a condition on `record` or `vector`, whose columns have the same names, and the
/// values that it binds.
///
/// The SQL depends only on the filter's shape, so that statements can be used again.
struct FilterSQL: FilterBinding {
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

  /// Translates a namespace, and the part of a filter that is asked for.
  init(
    _ filter: Filter, in namespace: Namespace, table: String, _ part: Part = .everything
  ) throws {
    self.table = table
    sql = "\(table).namespace = ?"
    values = [.text(namespace.name)]
    for test in filter.tests where part.has(test.attributes) {
      sql += " AND " + (try condition(test))
    }
    if part.hasMetadata { for condition in filter.metadata { try require(condition) } }
  }

  /// Whether every entry of the namespace passes.
  var isNamespaceOnly: Bool { values.count == 1 }

  func column(_ attribute: Attribute) -> String { "\(table).\(attribute.rawValue)" }

  /// Narrows it to what comes after a place in an order.
  mutating func start(after place: PagePlace?, in order: RecordOrder) {
    if let place { sql += " AND " + condition(after: place, in: order) }
  }

  mutating func bind(_ value: Value) -> String {
    values.append(value)
    return "?"
  }

  mutating func condition(_ attribute: Attribute, isOneOf texts: [String]) throws -> String {
    // One text is by far the usual case, and an index serves it best. SQLite's JSON functions end a
    // text at a NUL, so few are bound one by one.
    if texts.count == 1 { return "\(column(attribute)) = \(bind(.text(texts[0])))" }
    if texts.contains(where: { $0.utf8.contains(0) }) {
      let list = texts.map { bind(.text($0)) }.joined(separator: ", ")
      return "\(column(attribute)) IN (\(list))"
    }
    let list = bind(.text(try MetadataJSON.array(texts)))
    return "\(column(attribute)) IN (SELECT value FROM json_each(\(list)))"
  }

  /// A list passes where one of its elements does. Few records have one, so its elements are looked
  /// at last.
  private mutating func require(_ condition: MetadataCondition) throws {
    let key = bind(.text(MetadataJSON.escape(condition.key)))
    let (ofPair, ofElement) = (
      try test("pair", condition), try test("element", condition)
    )
    sql += """
       AND \(condition.comparison == .notEqual ? "NOT " : "")EXISTS (
      SELECT 1 FROM json_each(\(table).metadata) AS pair
      WHERE pair.key = \(key) AND (\(ofPair) OR pair.type = 'array' AND EXISTS (
        SELECT 1 FROM json_each(
          CASE pair.type WHEN 'array' THEN pair.value ELSE '[]' END) AS element
        WHERE \(ofElement))))
      """
  }

  /// The test that a stored value fits to one of the condition's.
  private mutating func test(_ stored: String, _ condition: MetadataCondition) throws -> String {
    var tests: [String] = []
    for value in condition.value.elements {
      tests.append(try test(stored, condition.comparison, value))
    }
    return tests.isEmpty ? "FALSE" : "(\(tests.joined(separator: " OR ")))"
  }

  /// The test of a stored value. `notEqual` gives the test of equality, for the caller to negate.
  private mutating func test(
    _ stored: String, _ comparison: MetadataCondition.Comparison, _ value: MetadataValue
  ) throws -> String {
    let sign = comparison == .notEqual ? "=" : comparison.rawValue
    switch value {
    case .string(let text):
      let bound = bind(.text(MetadataJSON.escape(text)))
      return "\(stored).type = 'text' AND \(stored).value \(sign) \(bound)"
    case .number(let number):
      let isNumber = "\(stored).type IN ('integer', 'real')"
      guard number.isFinite else { return Self.passes(number, sign) ? isNumber : "FALSE" }
      // SQLite reads both sides from the same JSON text, so equal numbers stay equal.
      let bound = bind(.text(try MetadataJSON.number(number)))
      return "\(isNumber) AND \(stored).value \(sign) json_extract(\(bound), '$')"
    case .bool(let bool):
      let bound = bind(.integer(bool ? 1 : 0))
      return "\(stored).type IN ('false', 'true') AND \(stored).value \(sign) \(bound)"
    case .list: return "FALSE"
    }
  }

  /// Whether finite numbers pass a comparison with one that has no JSON: infinity or NaN.
  private static func passes(_ number: Double, _ sign: String) -> Bool {
    number == .infinity ? sign.hasPrefix("<") : number == -.infinity && sign.hasPrefix(">")
  }
}

extension FilterSQL.Part {
  /// A test belongs to the attributes that know all that it asks about.
  fileprivate func has(_ asked: Set<Attribute>) -> Bool {
    switch self {
    case .everything: true
    case .only(let attributes): asked.isSubset(of: attributes)
    case .beyond(let attributes): !asked.isSubset(of: attributes)
    }
  }

  fileprivate var hasMetadata: Bool {
    if case .only = self { false } else { true }
  }
}
