import LociCore

/// Metadata as a list of terms, one for each pair, for a list one for each of its
/// elements, so that the engine can test for equality.
///
/// A term is a hash: short whatever the value's length, and with nothing to quote.
enum MetadataTerms {
  /// The terms of metadata, in no particular order.
  static func terms(of metadata: Metadata) -> [String] {
    metadata.flatMap { key, value in Set(value.elements).map { term(key, $0) } }
  }

  /// The term of a pair: 32 hexadecimal digits of the SHA-256 of key, kind and value, each prefixed
  /// by its length. Equal values have equal terms, and 0 equals −0.
  static func term(_ key: String, _ value: MetadataValue) -> String {
    let (kind, text) = WireCondition.wire(value)
    return Hexadecimal.text(SHA256.digest(fields: [key, kind, text]).prefix(16))
  }
}

/// A condition that orders metadata, for the worker to test.
struct WireCondition: Encodable, Sendable {
  /// A value to compare with.
  struct Value: Encodable, Sendable {
    let kind: String
    let value: String
  }

  let key: String
  let comparison: String
  /// One of them must fit.
  let values: [Value]

  /// Keys and texts are compared as they are stored: escaped, which keeps their order.
  init(_ condition: MetadataCondition) {
    key = MetadataJSON.escape(condition.key)
    comparison = condition.comparison.rawValue
    values = condition.value.elements.map { value in
      let (kind, text) = Self.wire(value)
      return Value(kind: kind, value: MetadataJSON.escape(text))
    }
  }

  /// A value's kind and its text; a list has none of its own. Swift's shortest text of a number
  /// reads back to the same number, in Python as well, `inf` and `nan` included.
  static func wire(_ value: MetadataValue) -> (kind: String, text: String) {
    switch value {
    case .string(let text): ("string", text)
    case .number(let number): ("number", (number == 0 ? 0 : number).description)
    case .bool(let bool): ("bool", bool ? "true" : "false")
    case .list: ("list", "")
    }
  }
}
