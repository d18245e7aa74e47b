/// A block of a document: whole lines that belong together.
struct Block {
  enum Kind: Hashable {
    /// A heading of level 1…6.
    case heading(level: Int, title: String)
    /// Running text, cut between sentences.
    case prose
    /// A list, cut between items.
    case list
    /// Code, tables, front matter: cut between lines.
    case lines
  }

  let kind: Kind
  /// From the start of its first line to the last byte that is not blank.
  let range: Range<Int>
  /// The number of its first line, from 1.
  let line: Int
}

/// Reads a document's blocks one after the other, in linear time and without a list of lines.
///
/// The Markdown read here is CommonMark's block structure as far as it matters for cutting, plus
/// tables and front matter.
struct BlockScanner {
  private let text: DocumentText
  private let format: TextFormat
  /// The line that comes next; nil at the end.
  private var line: TextLine?
  private var number = 1

  init(_ text: DocumentText, as format: TextFormat) {
    self.text = text
    self.format = format
    line = TextLine(in: text, at: 0)
  }

  /// The next block, or nil at the end.
  mutating func next() -> Block? {
    while let line, line.isBlank { advance() }
    guard let line else { return nil }
    guard format == .markdown else {
      let first = number
      let end = skipParagraph()
      return block(format == .lines ? .lines : .prose, line.start, end, first)
    }
    return markdownBlock(from: line)
  }

  private mutating func markdownBlock(from line: TextLine) -> Block {
    let first = number
    if line.start == 0, let end = skipFrontMatter(openedBy: line) {
      return block(.lines, line.start, end, first)
    }
    if let (level, title) = line.heading(in: text) {
      advance()
      return block(.heading(level: level, title: title), line.start, line.end, first)
    }
    if let fence = line.fence(in: text) {
      return block(.lines, line.start, skipFence(fence), first)
    }
    if line.isThematicBreak(in: text) {
      advance()
      return block(.prose, line.start, line.end, first)
    }
    if line.isListItem(in: text) { return block(.list, line.start, skipList(), first) }
    if line.indentation >= 4 { return block(.lines, line.start, skipIndented(), first) }
    return paragraph(from: line)
  }

  private func block(_ kind: Block.Kind, _ start: Int, _ end: Int, _ line: Int) -> Block {
    Block(kind: kind, range: text.trimmed(start..<end, start: false), line: line)
  }

  private mutating func advance() {
    guard let current = line else { return }
    number += 1
    line = TextLine(in: text, at: current.next)
  }

  // Each `skip…` goes past a block and returns where its last line ends.

  private mutating func skipParagraph() -> Int {
    var end = 0
    while let line, !line.isBlank {
      end = line.end
      advance()
    }
    return end
  }

  private mutating func skipFence(_ fence: TextLine.Fence) -> Int {
    var end = line?.end ?? 0
    advance()
    while let line {
      end = line.end
      advance()
      if line.closes(fence, in: text) { break }
    }
    return end
  }

  private mutating func skipList() -> Int {
    var end = line?.end ?? 0
    advance()
    var afterBlank = false
    while let line {
      if line.isBlank {
        afterBlank = true
        advance()
        continue
      }
      let isInside = line.indentation >= 2
      if isInside, let fence = line.fence(in: text) {
        end = skipFence(fence)
      } else if isInside || (line.isListItem(in: text) && !line.isThematicBreak(in: text))
        || (!afterBlank && !line.interruptsParagraph(in: text))
      {
        end = line.end
        advance()
      } else {
        break
      }
      afterBlank = false
    }
    return end
  }

  private mutating func skipIndented() -> Int {
    var end = 0
    while let line, line.isBlank || line.indentation >= 4 {
      if !line.isBlank { end = line.end }
      advance()
    }
    return end
  }

  /// Front matter opens on the first line with `---` or `+++`; without its close it is none.
  private mutating func skipFrontMatter(openedBy line: TextLine) -> Int? {
    let mark = text.string(text.trimmed(line.start..<line.end, start: false))
    guard mark == "---" || mark == "+++" else { return nil }
    let before = (self.line, number)
    advance()
    while let line = self.line {
      advance()
      let content = text.trimmed(line.start..<line.end, start: false)
      if content.count == 3, text.string(content) == mark { return line.end }
    }
    (self.line, number) = before
    return nil
  }

  /// A paragraph, a quote or a table, or a heading where it turns out to be underlined.
  private mutating func paragraph(from start: TextLine) -> Block {
    let first = number
    let isQuote = start.isQuote(in: text)
    var end = start.end
    var kind = Block.Kind.prose
    advance()
    while let line, !line.isBlank {
      if !isQuote, let level = line.underlineLevel(in: text) {
        let title = TextLine.title(text.string(text.trimmed(start.start..<end, start: true)))
        advance()
        return block(.heading(level: level, title: title), start.start, line.end, first)
      }
      if line.interruptsParagraph(in: text), !(isQuote && line.isQuote(in: text)) { break }
      if number == first + 1, line.isTableRule(in: text) { kind = .lines }
      end = line.end
      advance()
    }
    return block(kind, start.start, end, first)
  }
}
