import LociCore

/// LanceDB takes conditions as SQL text and binds nothing, so a text gets into SQL here and nowhere
/// else [11].
package enum SQL {
  /// A text as an SQL literal. A quote is doubled; nothing else has a meaning between quotes.
  package static func quote(_ text: String) -> String {
    var bytes: [UInt8] = [UInt8(ascii: "'")]
    for byte in text.utf8 {
      if byte == UInt8(ascii: "'") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "'"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The test that a column has one of some texts; there may be none.
  static func test(_ column: String, isIn texts: some Sequence<String>) -> String {
    let list = texts.map(quote)
    guard !list.isEmpty else { return "FALSE" }
    return list.count == 1
      ? "\(column) = \(list[0])" : "\(column) IN (\(list.joined(separator: ", ")))"
  }

  /// A filter's test of attributes.
  static func condition(_ test: FilterTest) -> String {
    switch test {
    case .any(let tests): joined(tests, by: " OR ", none: "FALSE")
    case .all(let tests): joined(tests, by: " AND ", none: "TRUE")
    case .attribute(let attribute, let condition):
      self.condition(attribute.rawValue, condition)
    }
  }

  private static func joined(_ tests: [FilterTest], by word: String, none: String) -> String {
    tests.isEmpty ? none : "(\(tests.map(condition).joined(separator: word)))"
  }

  private static func condition(_ column: String, _ condition: FilterTest.Condition) -> String {
    switch condition {
    case .isOneOf(let texts): test(column, isIn: texts.map(MetadataJSON.escape))
    case .atLeast(let value): "\(column) >= \(literal(value))"
    case .atMost(let value): "\(column) <= \(literal(value))"
    case .below(let value): "\(column) < \(literal(value))"
    case .isMissing: "\(column) IS NULL"
    }
  }

  /// The smallest number has no literal.
  private static func literal(_ value: AttributeValue) -> String {
    switch value {
    case .text(let text): quote(MetadataJSON.escape(text))
    case .integer(.min): "(\(Int64.min + 1) - 1)"
    case .integer(let number): "\(number)"
    case .real(let number): "cast('\(number)' as double)"
    }
  }
}
