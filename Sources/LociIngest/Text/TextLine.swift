/// A line of a document.
struct TextLine {
  /// Where it begins.
  let start: Int
  /// Where it ends, before the line feed.
  let end: Int
  /// Where the next line begins.
  let next: Int
  /// Its first byte that is not blank; `end` where there is none.
  let content: Int
  /// Columns before the content; a tab goes to the next multiple of 4.
  let indentation: Int

  var isBlank: Bool { content == end }

  /// Reads the line at an offset; nil at the end of the document.
  init?(in text: DocumentText, at start: Int) {
    let bytes = text.bytes
    guard start < bytes.count else { return nil }
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    var content = start
    var indentation = 0
    while content < end, bytes[content].isBlank {
      indentation = bytes[content] == UInt8(ascii: "\t") ? indentation / 4 * 4 + 4 : indentation + 1
      content += 1
    }
    (self.start, self.end, next) = (start, end, min(end + 1, bytes.count))
    (self.content, self.indentation) = (content, indentation)
  }

  /// A title for a heading path: on one line, and no longer than 120 characters.
  static func title(_ text: String) -> String {
    let line = text.prefix(121).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 120 ? line.prefix(119) + "…" : line
  }

  /// The level that this line gives to the paragraph above it: `===` is 1, `---` is 2.
  func underlineLevel(in text: DocumentText) -> Int? {
    for (mark, level) in [(UInt8(ascii: "="), 1), (UInt8(ascii: "-"), 2)] {
      let length = run(of: mark, in: text)
      if indentation < 4, length > 0, isBlank(from: content + length, in: text) { return level }
    }
    return nil
  }

  /// `- item`, `* item`, `+ item`, `1. item`, `1) item`.
  func isListItem(in text: DocumentText) -> Bool {
    var mark = content
    while mark < end, mark - content < 9, (0x30...0x39).contains(text.bytes[mark]) { mark += 1 }
    guard mark < end else { return false }
    let marks = mark == content ? "-*+".utf8 : ".)".utf8
    return marks.contains(text.bytes[mark])
      && (mark + 1 == end || text.bytes[mark + 1].isBlank)
  }

  /// Three or more of one of `-*_`, with nothing but blanks between.
  func isThematicBreak(in text: DocumentText) -> Bool {
    guard !isBlank, indentation < 4, "-*_".utf8.contains(text.bytes[content]) else { return false }
    var count = 0
    for byte in text.bytes[content..<end] where !byte.isBlank {
      guard byte == text.bytes[content] else { return false }
      count += 1
    }
    return count >= 3
  }

  /// Whether a part of source code may begin with this line: it is indented by no more columns, and
  /// does not close what another line opened.
  func opensPart(in text: DocumentText, indented most: Int) -> Bool {
    !isBlank && indentation <= most && !"})]".utf8.contains(text.bytes[content])
  }

  private func run(of mark: UInt8, in text: DocumentText) -> Int {
    var index = content
    while index < end, text.bytes[index] == mark { index += 1 }
    return index - content
  }

  private func isBlank(from offset: Int, in text: DocumentText) -> Bool {
    text.bytes[offset..<end].allSatisfy(\.isBlank)
  }
}
