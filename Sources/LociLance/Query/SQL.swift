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

  /// The test that a column has one of some texts; at least one is given.
  static func test(_ column: String, isIn texts: some Sequence<String>) -> String {
    let list = texts.map(quote)
    return list.count == 1
      ? "\(column) = \(list[0])" : "\(column) IN (\(list.joined(separator: ", ")))"
  }
}
