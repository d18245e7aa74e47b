#if Documents
  import CCommonMark

  /// The blocks of a Markdown text, as libcmark-gfm reports them: CommonMark with tables and
  /// footnotes.
  ///
  /// The parser is given a few lines at a time, and what it has closed is taken out of its tree. A
  /// text of any length takes memory for its longest block only, and of that no more than 1 MiB's
  /// worth: a longer list or quote is read as several.
  ///
  /// Only lines are taken from the parser, no columns. It counts some of a block's last lines wrong
  /// (0.29.0.gfm.6: HTML that ends in its closing line, headings with an underline, fences that the
  /// end of an item closes), so every block ends at the latest where the next one begins, and lines
  /// that belong to none are link definitions.
  ///
  /// - Complexity: O(n): hostile nesting and hostile tables are made plain text before they are
  /// read.
  package struct MarkdownBlocks: BlockReader {
    /// How many bytes are read before closed blocks are taken out.
    private static let step = 4096
    /// The most bytes of an outermost block that is made of others.
    private static let largest = 1 << 20
    /// The most marks of quotes and lists at the start of a line.
    private static let deepest = 24
    /// The most columns of a table: short rows are filled up, so many cost much.
    private static let widest = 128
    /// How deep blocks within blocks are told apart.
    private static let depth = 12

    private let text: DocumentText
    private var parser = CommonMarkParser()
    /// Where the parser's first line is, and the line's number less 1.
    private var start: (offset: Int, line: Int)
    /// Where the next line begins that the parser has not read.
    private var offset: Int
    /// Where lines begin, from ``firstLine`` on; then where the next one would.
    private var lineStarts: [Int]
    /// The parser's number of the line that ``lineStarts`` begins with.
    private var firstLine = 1
    /// The parser's number of the first line that is in no block yet.
    private var nextLine = 1
    private var isFinished = false
    /// Blocks that are read, last first.
    private var ready: [Block] = []

    /// - Parameters:
    ///   - offset: Where the Markdown begins: after front matter.
    ///   - line: The number of the line that begins there, from 1.
    package init(_ text: DocumentText, from offset: Int = 0, line: Int = 1) {
      self.text = text
      self.offset = offset
      start = (offset, line - 1)
      lineStarts = [offset]
    }

    package mutating func next() -> Block? {
      while ready.isEmpty, !isFinished { read() }
      return ready.popLast()
    }

    private mutating func read() {
      let end = text.bytes.count
      let limit = min(end, offset + Self.step)
      var fed: [UInt8] = []
      while offset < limit, let line = TextLine(in: text, at: offset) {
        fed += tamed(line)
        if line.end == line.next { fed.append(UInt8(ascii: "\n")) }
        offset = line.next
        lineStarts.append(offset)
      }
      parser.read(fed[...])
      let isAtEnd = offset >= end
      // A blank line closes the last paragraph, which may be definitions only.
      if isAtEnd { parser.read([UInt8(ascii: "\n")]) }
      collect(all: isAtEnd)
      if isAtEnd {
        isFinished = true
      } else if isTooLong {
        collect(all: true)
        begin()
      } else {
        thinOutTables()
      }
      ready.reverse()
    }

    /// Goes on with a parser that knows nothing of what came before.
    private mutating func begin() {
      parser = CommonMarkParser()
      start = (offset, start.line + firstLine + lineStarts.count - 2)
      (firstLine, nextLine, lineStarts) = (1, 1, [offset])
    }

    /// Whether an open block of blocks is longer than may be. Code, HTML and tables are no trees.
    private var isTooLong: Bool {
      guard offset - lineStarts[nextLine - firstLine] > Self.largest else { return false }
      var node = parser.root?.lastChild
      while let inner = node?.lastChild { node = inner }
      return switch node?.kind {
      case LOCI_BLOCK_CODE, LOCI_BLOCK_HTML, LOCI_BLOCK_TABLE, LOCI_BLOCK_TABLE_PART, nil: false
      default: true
      }
    }

    /// Frees the rows of an open table but those that tell where it begins.
    private func thinOutTables() {
      var node = parser.root
      while let open = node {
        if open.kind == LOCI_BLOCK_TABLE {
          var row = open.firstChild?.next?.next
          while let next = row?.next {
            row?.remove()
            row = next
          }
          return
        }
        node = open.lastChild
      }
    }

    // Lines

    /// Where a line begins, by the parser's number.
    private func lineStart(_ number: Int) -> Int {
      lineStarts[min(max(number - firstLine, 0), lineStarts.count - 1)]
    }

    /// The last line that the parser has read.
    private var lastLine: Int { firstLine + lineStarts.count - 2 }

    private func range(_ lines: ClosedRange<Int>) -> Range<Int> {
      let lower = lineStart(lines.lowerBound)
      return text.trimmed(lower..<max(lower, lineStart(lines.upperBound + 1)), start: false)
    }

    private func block(
      _ kind: Block.Kind, _ lines: ClosedRange<Int>, children: [Block] = []
    ) -> Block {
      Block(
        kind: kind, range: range(lines), line: start.line + lines.lowerBound, children: children)
    }

    // Blocks

    /// Takes closed blocks out of the tree; at the end, and before a new beginning, the open ones.
    private mutating func collect(all: Bool) {
      while let node = parser.root?.firstChild {
        let following = node.next
        guard all || following != nil else { break }
        let last = following.map { Self.begin(of: $0) - 1 } ?? lastLine
        add(node, upTo: last)
        guard following != nil else { break }
        node.remove()
      }
      if all { addDefinitions(before: lastLine + 1) }
      lineStarts.removeFirst(nextLine - firstLine)
      firstLine = nextLine
    }

    /// Where a block begins. A paragraph right before a table has no lines in the tree, and gave
    /// the table its own first one.
    private static func begin(of node: CommonMarkParser.Node) -> Int {
      node.firstLine == 0 ? node.next?.firstLine ?? 1 : node.firstLine
    }

    private mutating func add(_ node: CommonMarkParser.Node, upTo last: Int) {
      if node.firstLine == 0 { return }  // comes with its table
      addDefinitions(before: node.firstLine)
      var first = node.firstLine
      let end = end(of: node, upTo: last)
      if node.kind == LOCI_BLOCK_TABLE {
        let head = tableHead(node, first...end)
        if head > first { ready.append(block(.prose, first...(head - 1))) }
        first = head
      }
      ready.append(converted(node, first...max(first, end), depth: 0))
      nextLine = max(first, end) + 1
    }

    /// What stands between blocks and is not blank.
    private mutating func addDefinitions(before line: Int) {
      while nextLine < line, range(nextLine...nextLine).isEmpty { nextLine += 1 }
      guard nextLine < line else { return }
      ready.append(block(.definitions, nextLine...(line - 1)))
      nextLine = line
    }

    /// The last line of an outermost block.
    private func end(of node: CommonMarkParser.Node, upTo last: Int) -> Int {
      if node.isOpen { return last }
      if node.kind == LOCI_BLOCK_HTML {
        // Where a line ends it, such as the one with `-->`, the parser counts one line too few.
        let next = min(node.lastLine + 1, last)
        return range(next...next).isEmpty ? min(node.lastLine, last) : next
      }
      var end = min(max(node.lastLine, node.firstLine), last)
      // The parser counts the line after an underline.
      while node.kind == LOCI_BLOCK_HEADING, end > node.firstLine,
        TextLine(in: text, at: lineStart(end))?.underlineLevel(in: text) == nil
      {
        end -= 1
      }
      return end
    }

    private func converted(
      _ node: CommonMarkParser.Node, _ lines: ClosedRange<Int>, depth: Int
    ) -> Block {
      switch node.kind {
      case LOCI_BLOCK_HEADING where depth == 0:
        block(.heading(level: node.headingLevel, title: TextLine.title(node.text)), lines)
      case LOCI_BLOCK_CODE: block(.code, lines)
      case LOCI_BLOCK_HTML: block(.lines, lines)
      case LOCI_BLOCK_TABLE:
        block(
          .table(head: range(lines.lowerBound...min(lines.lowerBound + 1, lines.upperBound))), lines
        )
      case LOCI_BLOCK_LIST: container(.list, node, lines, depth)
      case LOCI_BLOCK_ITEM, LOCI_BLOCK_QUOTE: container(.prose, node, lines, depth)
      default: block(.prose, lines)
      }
    }

    /// A block of blocks; of a single one it is that one, with the mark before it.
    private func container(
      _ kind: Block.Kind, _ node: CommonMarkParser.Node, _ lines: ClosedRange<Int>, _ depth: Int
    ) -> Block {
      let children = children(of: node, lines, depth: depth + 1)
      guard children.count == 1 else { return block(kind, lines, children: children) }
      return block(children[0].kind, lines, children: children[0].children)
    }

    /// The blocks in a block: each goes on to where the next begins, the first begins with the mark
    /// of what it is in.
    private func children(
      of node: CommonMarkParser.Node, _ lines: ClosedRange<Int>, depth: Int
    ) -> [Block] {
      guard depth <= Self.depth else { return [] }
      var found: [(node: CommonMarkParser.Node, first: Int)] = []
      var child = node.firstChild
      while let inner = child {
        if inner.kind == LOCI_BLOCK_TABLE {
          let last = inner.next.map { Self.begin(of: $0) - 1 } ?? lines.upperBound
          let head = tableHead(inner, inner.firstLine...max(inner.firstLine, last))
          found.append((inner, head))
        } else {
          found.append((inner, Self.begin(of: inner)))
        }
        child = inner.next
      }
      var blocks: [Block] = []
      for (index, (inner, first)) in found.enumerated() {
        let first =
          index == 0 ? lines.lowerBound : min(max(first, lines.lowerBound), lines.upperBound)
        let next = index + 1 < found.count ? found[index + 1].first - 1 : lines.upperBound
        let block = converted(inner, first...max(first, min(next, lines.upperBound)), depth: depth)
        // Two blocks may begin in one line: the outer one has it.
        if let before = blocks.last, block.range.lowerBound < before.range.upperBound { continue }
        if !block.range.isEmpty { blocks.append(block) }
      }
      return blocks
    }

    /// The line of a table's head. The parser gives a table the first line of the paragraph whose
    /// last line became its head; its rows after the head have their own lines.
    private func tableHead(_ table: CommonMarkParser.Node, _ lines: ClosedRange<Int>) -> Int {
      let firstRow = table.firstChild?.next?.firstLine
      let end = min(max(table.lastLine, lines.lowerBound), lines.upperBound)
      let head = firstRow.map { $0 - 2 } ?? (table.isOpen ? lines.upperBound : end) - 1
      return min(max(head, lines.lowerBound), lines.upperBound)
    }

    // Hostile lines

    /// A line as the parser is given it: deep nesting and the rule of a wide table become text.
    private func tamed(_ line: TextLine) -> [UInt8] {
      var bytes = Array(text.bytes[line.start..<line.next])
      // A carriage return would end a line for the parser.
      for index in bytes.indices where bytes[index] == UInt8(ascii: "\r") {
        bytes[index] = UInt8(ascii: " ")
      }
      if let place = tooDeep(line) {
        for index in place..<line.end where text.bytes[index].isContainerMark {
          bytes[index - line.start] = UInt8(ascii: "x")
        }
      }
      let isRule = bytes.allSatisfy { "-:| \t>\n".utf8.contains($0) }
      if isRule, bytes.count(where: { $0 == UInt8(ascii: "|") }) > Self.widest {
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "|") {
          bytes[index] = UInt8(ascii: "x")
        }
      }
      return bytes
    }

    /// Where a line has had more marks of quotes and lists than are told apart.
    private func tooDeep(_ line: TextLine) -> Int? {
      guard line.end - line.content > Self.deepest, !line.isThematicBreak(in: text) else {
        return nil
      }
      var count = 0
      for index in line.content..<line.end {
        let byte = text.bytes[index]
        guard byte.isBlank || byte.isContainerMark || (0x30...0x39).contains(byte) else {
          return nil
        }
        if byte.isContainerMark { count += 1 }
        if count > Self.deepest { return index }
      }
      return nil
    }
  }

  extension UInt8 {
    /// What quotes and items begin with.
    fileprivate var isContainerMark: Bool { ">-+*.)".utf8.contains(self) }
  }
#endif
