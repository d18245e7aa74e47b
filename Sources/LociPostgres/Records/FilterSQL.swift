import LociCore
import LociSQL

/// A filter as a condition on `record` or on a table of vectors, whose columns have the same names.
///
/// The SQL depends only on the filter's shape, so that prepared statements can be used again.
struct FilterSQL {
  private var conditions: [String] = []
  private var parameters: Parameters

  /// The condition on a filter; its values are bound to `parameters`.
  static func condition(_ filter: Filter, _ parameters: inout Parameters) throws -> String {
    var sql = FilterSQL(parameters: parameters)
    try sql.require(filter)
    parameters = sql.parameters
    return sql.conditions.joined(separator: " AND ")
  }

  private init(parameters: Parameters) { self.parameters = parameters }

  private mutating func require(_ filter: Filter) throws {
    conditions = ["namespace = \(parameters.bind(.text(filter.namespace.name)))"]
    for test in filter.attributeTests { conditions.append(condition(test)) }
    for condition in filter.metadata { conditions.append(try test(condition)) }
  }

  private mutating func condition(_ test: AttributeTest) -> String {
    let column = test.attribute.rawValue
    switch test.condition {
    case .isOneOf(let texts) where test.attribute == .sourceURI && texts.count == 1:
      // An index can't hold long texts, so it holds their hashes.
      let value = parameters.bind(.text(texts[0]))
      return "source_uri = \(value) AND md5(source_uri) = md5(\(value))"
    case .isOneOf(let texts): return parameters.bind(texts, of: column)
    case .atLeast(let value): return "\(column) >= \(parameters.bind(Value(SQLValue(value))))"
    case .below(let value): return "\(column) < \(parameters.bind(Value(SQLValue(value))))"
    }
  }

  private mutating func test(_ condition: MetadataCondition) throws -> String {
    switch condition.comparison {
    case .equal: return try equality(condition)
    case .notEqual: return "NOT \(try equality(condition))"
    default:
      let key = parameters.bind(.text(condition.key)) + "::text"
      return try order(key, condition.comparison.rawValue, condition.value)
    }
  }

  /// The same kind and value. An index and the planner's statistics serve this operator.
  private mutating func equality(_ condition: MetadataCondition) throws -> String {
    if case .number(let number) = condition.value, !number.isFinite { return "FALSE" }
    let json = try MetadataJSON.encode([condition.key: condition.value])
    return "facts @> \(parameters.bind(.text(json)))::text::jsonb"
  }

  private mutating func order(
    _ key: String, _ sign: String, _ value: MetadataValue
  ) throws -> String {
    func isOf(_ type: String) -> String { "jsonb_typeof(facts -> \(key)) = '\(type)'" }
    switch value {
    case .string(let text):
      let bound = parameters.bind(.text(text))
      return "(\(isOf("string")) AND (facts ->> \(key)) COLLATE \"C\" \(sign) \(bound))"
    case .number(let number):
      guard number.isFinite else { return Self.passes(number, sign) ? isOf("number") : "FALSE" }
      // Both sides are read from the same JSON text, so equal numbers stay equal.
      let bound = parameters.bind(.text(try MetadataJSON.number(number)))
      return "(\(isOf("number")) AND facts -> \(key) \(sign) \(bound)::text::jsonb)"
    case .bool(let bool):
      let bound = parameters.bind(.text(bool ? "true" : "false"))
      return "(\(isOf("boolean")) AND facts -> \(key) \(sign) \(bound)::text::jsonb)"
    }
  }

  /// Whether finite numbers pass a comparison with one that has no JSON: infinity or NaN.
  private static func passes(_ number: Double, _ sign: String) -> Bool {
    number == .infinity ? sign.hasPrefix("<") : number == -.infinity && sign.hasPrefix(">")
  }
}
