/// A JSON value, to print or as it was read. Objects keep the order of their keys.
package indirect enum JSON: Sendable {
  /// No value.
  case null
  /// True or false.
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// A number; one that is not finite is printed as null.
  case number(Double)
  /// A number or a string as JSON writes it: what was read and is no `Int` keeps its digits so.
  case literal(String)
  /// A number with the digits that a float needs, no more.
  case float(Float)
  /// Text.
  case string(String)
  /// A list.
  case array([JSON])
  /// Keys and values.
  case object([(key: String, value: JSON)])

  /// The value of an optional; null for nil.
  package init<Value>(_ value: Value?, _ wrap: (Value) -> JSON) { self = value.map(wrap) ?? .null }

  /// An object's value of a key, compared byte by byte; nil for other values and where it lacks
  /// the key.
  package subscript(_ key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  /// A number as the nearest that is a Double; nil for other values and beyond a Double's range.
  package var double: Double? {
    let value: Double? =
      switch self {
      case .integer(let value): Double(value)
      case .number(let value): value
      case .float(let value): Double(value)
      case .literal(let written): Double(written)
      case .null, .bool, .string, .array, .object: nil
      }
    return value.flatMap { $0.isFinite ? $0 : nil }
  }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
  ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByNilLiteral
{
  /// Makes an object.
  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { (key: $0.0, value: $0.1) })
  }
  /// Makes a list.
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// Makes a text.
  package init(stringLiteral value: String) { self = .string(value) }
  /// Makes null.
  package init(nilLiteral: ()) { self = .null }
}
