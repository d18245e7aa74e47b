/// The paragraphs of plain text, parted by blank lines.
struct Paragraphs: BlockReader {
  private let text: DocumentText
  private var offset: Int
  private var number: Int

  init(_ text: DocumentText, from offset: Int = 0, line: Int = 1) {
    (self.text, self.offset, number) = (text, offset, line)
  }

  mutating func next() -> Block? {
    var first: (offset: Int, number: Int)?
    while let line = TextLine(in: text, at: offset), first == nil || !line.isBlank {
      if first == nil, !line.isBlank { first = (offset, number) }
      (offset, number) = (line.next, number + 1)
    }
    guard let first else { return nil }
    return Block(
      kind: .prose, range: text.trimmed(first.offset..<offset, start: false), line: first.number)
  }
}

#if !Documents
  /// Built without the trait `Documents`, Markdown is read as paragraphs, without headings.
  typealias MarkdownBlocks = Paragraphs
#endif

/// The parts of source code: each goes on until a line after a blank one that is not indented, as
/// declarations do in most languages.
struct CodeParts: BlockReader {
  private let text: DocumentText
  private var offset = 0
  private var number = 1

  init(_ text: DocumentText) { self.text = text }

  mutating func next() -> Block? {
    var first: (offset: Int, number: Int)?
    var end = offset
    var followsBlank = false
    while let line = TextLine(in: text, at: offset) {
      if !line.isBlank {
        if first == nil {
          first = (offset, number)
        } else if followsBlank, line.opensPart(in: text, indented: 0) {
          break
        }
        end = line.end
      }
      followsBlank = line.isBlank
      (offset, number) = (line.next, number + 1)
    }
    guard let first else { return nil }
    return Block(
      kind: .code, range: text.trimmed(first.offset..<end, start: false), line: first.number)
  }
}
