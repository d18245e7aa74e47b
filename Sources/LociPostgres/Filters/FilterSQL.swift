import LociCore
import LociSQL

/// A filter as a condition on `record` or on a table of vectors, whose columns have the same names.
///
/// The SQL depends only on the filter's shape, so that prepared statements can be used again.
struct FilterSQL: FilterBinding {
  private var conditions: [String] = []
  private var parameters: Parameters

  /// The condition on a namespace and a filter; its values are bound to `parameters`.
  static func condition(
    _ filter: Filter, in namespace: Namespace, _ parameters: inout Parameters
  ) throws -> String {
    var sql = FilterSQL(parameters: parameters)
    try sql.require(filter, in: namespace)
    parameters = sql.parameters
    return sql.conditions.joined(separator: " AND ")
  }

  /// The condition on what comes after a place in an order, and what stands behind `ORDER BY`.
  static func page(
    after place: PagePlace?, in order: RecordOrder, _ parameters: inout Parameters
  ) -> (condition: String, ordering: String) {
    var sql = FilterSQL(parameters: parameters)
    let condition = place.map { sql.condition(after: $0, in: order) } ?? "TRUE"
    parameters = sql.parameters
    return (condition, sql.ordering(order))
  }

  private init(parameters: Parameters) { self.parameters = parameters }

  private mutating func require(_ filter: Filter, in namespace: Namespace) throws {
    conditions = ["namespace = \(parameters.bind(.text(namespace.name)))"]
    for test in filter.tests { conditions.append(try condition(test)) }
    for condition in filter.metadata { conditions.append(try test(condition)) }
  }

  func column(_ attribute: Attribute) -> String { attribute.rawValue }

  func ordered(_ attribute: Attribute) -> String {
    column(attribute) + (attribute.kind == .text ? " COLLATE \"C\"" : "")
  }

  mutating func bind(_ value: SQLValue) -> String { parameters.bind(Value(value)) }

  mutating func condition(_ attribute: Attribute, isOneOf texts: [String]) -> String {
    let column = column(attribute)
    guard [.sourceURI, .author].contains(attribute), texts.count == 1 else {
      return parameters.bind(texts, of: column)
    }
    // An index can't hold long texts, so it holds their hashes.
    let value = parameters.bind(.text(texts[0]))
    return "\(column) = \(value) AND md5(\(column)) = md5(\(value))"
  }

  private mutating func test(_ condition: MetadataCondition) throws -> String {
    switch condition.comparison {
    case .equal: return try equality(condition)
    case .notEqual: return "NOT \(try equality(condition))"
    default: return try order(condition)
    }
  }

  /// The same kind and value, or a list that holds it. An index and the planner's statistics serve
  /// this operator.
  private mutating func equality(_ condition: MetadataCondition) throws -> String {
    let tests = try condition.value.elements.flatMap { value -> [String] in
      if case .number(let number) = value, !number.isFinite { return [] }
      return try [value, .list([value])].map { wanted in
        let json = try MetadataJSON.encode([condition.key: wanted])
        return "facts @> \(parameters.bind(.text(json)))::text::jsonb"
      }
    }
    return tests.isEmpty ? "FALSE" : "(\(tests.joined(separator: " OR ")))"
  }

  private mutating func order(_ condition: MetadataCondition) throws -> String {
    // A parameter that nothing uses has no type.
    guard !condition.value.elements.isEmpty else { return "FALSE" }
    let stored = "(facts -> \(parameters.bind(.text(condition.key)))::text)"
    let sign = condition.comparison.rawValue
    let tests = try condition.value.elements.map { try order(stored, sign, $0) }
    let ofElements = try condition.value.elements.map { try order("element", sign, $0) }
    return """
      (\(tests.joined(separator: " OR ")) OR EXISTS (
        SELECT 1 FROM jsonb_array_elements(
          CASE jsonb_typeof(\(stored)) WHEN 'array' THEN \(stored) ELSE '[]'::jsonb END) AS element
        WHERE \(ofElements.joined(separator: " OR "))))
      """
  }

  private mutating func order(
    _ stored: String, _ sign: String, _ value: MetadataValue
  ) throws -> String {
    func isOf(_ type: String) -> String { "jsonb_typeof(\(stored)) = '\(type)'" }
    switch value {
    case .string(let text):
      let bound = parameters.bind(.text(text))
      return "(\(isOf("string")) AND (\(stored) #>> '{}') COLLATE \"C\" \(sign) \(bound))"
    case .number(let number):
      guard number.isFinite else { return Self.passes(number, sign) ? isOf("number") : "FALSE" }
      // Both sides are read from the same JSON text, so equal numbers stay equal.
      let bound = parameters.bind(.text(try MetadataJSON.number(number)))
      return "(\(isOf("number")) AND \(stored) \(sign) \(bound)::text::jsonb)"
    case .bool(let bool):
      let bound = parameters.bind(.text(bool ? "true" : "false"))
      return "(\(isOf("boolean")) AND \(stored) \(sign) \(bound)::text::jsonb)"
    case .list: return "FALSE"
    }
  }

  /// Whether finite numbers pass a comparison with one that has no JSON: infinity or NaN.
  private static func passes(_ number: Double, _ sign: String) -> Bool {
    number == .infinity ? sign.hasPrefix("<") : number == -.infinity && sign.hasPrefix(">")
  }
}
