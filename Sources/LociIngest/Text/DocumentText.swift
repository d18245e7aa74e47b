/// A document as bytes of valid UTF-8, so that every place in it is a plain offset.
package struct DocumentText {
  package let bytes: [UInt8]
  /// Where the text was taken out of a file: the file's line, from 1, that each line comes from.
  let sourceLines: [Int]?

  init(_ bytes: [UInt8], sourceLines: [Int]? = nil) {
    (self.bytes, self.sourceLines) = (bytes, sourceLines)
  }

  package init(_ text: String) { self.init(Array(text.utf8)) }

  /// Lines of the file that hold lines of the text, both from 1.
  func sourceLines(of lines: ClosedRange<Int>) -> ClosedRange<Int> {
    guard let sourceLines, lines.upperBound <= sourceLines.count else { return lines }
    let inside = sourceLines[(lines.lowerBound - 1)...(lines.upperBound - 1)]
    return (inside.min() ?? lines.lowerBound)...(inside.max() ?? lines.upperBound)
  }

  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The scalar at an offset where one begins, and its length in bytes.
  func scalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int) {
    let lead = bytes[offset]
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var value = length == 1 ? UInt32(lead) : UInt32(lead) & (0x7F >> UInt32(length))
    for index in 1..<max(1, length) { value = value << 6 | UInt32(bytes[offset + index] & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }

  /// The range without ASCII white space at its end; and, where asked for, at its beginning.
  func trimmed(_ range: Range<Int>, start: Bool) -> Range<Int> {
    var (lower, upper) = (range.lowerBound, range.upperBound)
    while upper > lower, bytes[upper - 1].isBlank { upper -= 1 }
    guard start else { return lower..<upper }
    while lower < upper, bytes[lower].isBlank { lower += 1 }
    // A blank can carry a mark: the two are one character.
    if lower > range.lowerBound, lower < upper, scalar(at: lower).scalar.joinsPrevious {
      lower -= 1
    }
    return lower..<upper
  }

  /// How many lines end inside a range.
  func lineEnds(in range: Range<Int>) -> Int {
    var count = 0
    for index in range where bytes[index] == UInt8(ascii: "\n") { count += 1 }
    return count
  }
}

extension UInt8 {
  /// ASCII white space: tab, line feed, vertical tab, form feed, carriage return, space.
  var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}

extension Unicode.Scalar {
  /// Whether the scalar belongs to the character before it (UAX 29, rules GB9 and GB9a), so that
  /// nothing may be cut between a blank or a full stop and it.
  var joinsPrevious: Bool {
    guard value >= 0x300 else { return false }
    return properties.isGraphemeExtend || properties.generalCategory == .spacingMark
      || properties.isEmojiModifier || value == 0x200D
  }
}
