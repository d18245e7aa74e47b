#if Documents
  import CGumbo
  import LociCore

  /// The text of an HTML page as a reader sees it, and its blocks: headings, paragraphs, lists,
  /// quotes, tables and preformatted text. Scripts, styles, forms and hidden elements are left out.
  ///
  /// Tables that are there for the layout, since they hold headings or paragraphs, are read as what
  /// is in them.
  struct HTMLPage {
    /// The text, with a line of the page for each of its lines.
    let text: DocumentText
    let blocks: ReadBlocks
    /// The page's title.
    let title: String?

    var metadata: Metadata { title.map { ["title": .string($0)] } ?? [:] }

    /// Reads a page.
    ///
    /// - Throws: ``LociError/Code/unsupported`` where it is nested too deep, or too large.
    init(_ html: String) throws(LociError) {
      let tree = try PageTree(DataURI.withoutData(Array(html.utf8)))
      var writer = PageWriter(layoutTables: Self.layoutTables(in: tree))
      tree.goBack()
      while let step = tree.next() {
        switch step {
        case .open(let tag, let attributes): writer.open(tag, attributes)
        case .close(let tag): writer.close(tag)
        case .text(let text, let line): writer.add(text, line: line)
        }
      }
      writer.finish()
      text = DocumentText(writer.bytes, sourceLines: writer.sourceLines)
      blocks = ReadBlocks(writer.blocks)
      title = writer.title
    }

    /// The tables, by number in the page's order, that hold blocks of text or other tables.
    private static func layoutTables(in tree: PageTree) -> Set<Int> {
      var found: Set<Int> = []
      var open: [Int] = []
      var count = 0
      while let step = tree.next() {
        switch step {
        case .open(GUMBO_TAG_TABLE, _):
          if let outer = open.last { found.insert(outer) }
          open.append(count)
          count += 1
        case .close(GUMBO_TAG_TABLE): _ = open.popLast()
        case .open(let tag, _) where tag.isHeading || tag == GUMBO_TAG_P || tag == GUMBO_TAG_PRE:
          if let table = open.last { found.insert(table) }
        default: break
        }
      }
      return found
    }
  }

  /// Writes a page's text, and says what its blocks are.
  private struct PageWriter {
    private(set) var bytes: [UInt8] = []
    /// The page's line for each line of the text.
    private(set) var sourceLines: [Int] = []
    private(set) var blocks: [Block] = []
    private(set) var title: String?

    private let layoutTables: Set<Int>
    /// Lines of the block that is being written, each with the page's line that it begins in.
    private var lines: [(text: String, source: Int)] = []
    /// Whether a blank has to come before the next word.
    private var owesBlank = false
    private var heading: Int?
    private var isInTitle = false
    /// How many elements are open inside one that is left out, with it.
    private var leftOut = 0
    private var preformatted = 0
    private var lists = 0
    /// What comes before the first text of an item.
    private var bullet: String?
    /// The outermost list or quote that is open: how many, and where its blocks begin.
    private var containers: (open: Int, start: Int, isList: Bool) = (0, 0, false)
    private var tableCount = 0
    /// The table whose rows are being written.
    private var table: (rows: [(cells: [String], source: Int, hasHead: Bool)], isOpen: Bool) =
      ([], false)

    init(layoutTables: Set<Int>) { self.layoutTables = layoutTables }

    mutating func open(_ tag: GumboTag, _ attributes: PageTree.Attributes) {
      if leftOut > 0 || tag.isLeftOut || attributes.isHidden {
        leftOut += 1
        return
      }
      switch tag {
      case GUMBO_TAG_TITLE: isInTitle = title == nil
      case GUMBO_TAG_BR: table.isOpen ? add(" ", line: attributes.line) : breakLine(attributes.line)
      case GUMBO_TAG_IMG:
        if let text = attributes.alternative, text.utf8.count <= 300 {
          add(" " + text + " ", line: attributes.line)
        }
      case GUMBO_TAG_TABLE:
        flush()
        table = ([], !layoutTables.contains(tableCount))
        tableCount += 1
      case GUMBO_TAG_TR where table.isOpen: table.rows.append(([], attributes.line, false))
      case GUMBO_TAG_TD where table.isOpen, GUMBO_TAG_TH where table.isOpen:
        beginCell(isHead: tag == GUMBO_TAG_TH, attributes.line)
      case _ where table.isOpen: if tag.isBlock { owesBlank = true }
      case GUMBO_TAG_PRE:
        flush()
        preformatted += 1
      case GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_DL, GUMBO_TAG_BLOCKQUOTE:
        flush()
        if containers.open == 0 { containers = (0, blocks.count, tag != GUMBO_TAG_BLOCKQUOTE) }
        containers.open += 1
        if tag != GUMBO_TAG_BLOCKQUOTE { lists += 1 }
      case GUMBO_TAG_LI:
        flush()
        bullet = String(repeating: "  ", count: max(0, min(lists, 8) - 1)) + "- "
      case _ where tag.isHeading:
        flush()
        heading = tag.headingLevel
      default: if tag.isBlock { flush() }
      }
    }

    mutating func close(_ tag: GumboTag) {
      if leftOut > 0 {
        leftOut -= 1
        return
      }
      switch tag {
      case GUMBO_TAG_TITLE: endTitle()
      case GUMBO_TAG_TABLE:
        if table.isOpen { endTable() } else { flush() }
        table = ([], false)
      case _ where table.isOpen: if tag.isBlock { owesBlank = true }
      case GUMBO_TAG_PRE:
        flush()
        preformatted = max(0, preformatted - 1)
      case GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_DL, GUMBO_TAG_BLOCKQUOTE:
        flush()
        if tag != GUMBO_TAG_BLOCKQUOTE { lists = max(0, lists - 1) }
        endContainer()
      case GUMBO_TAG_LI:
        flush()
        bullet = nil
      default:
        if tag.isBlock { flush() }
        if tag.isHeading { heading = nil }
      }
    }

    mutating func add(_ text: String, line: Int) {
      guard leftOut == 0 else { return }
      if preformatted > 0, !table.isOpen { return addVerbatim(text, line: line) }
      var line = line
      var word: [UInt8] = []
      for byte in text.utf8 {
        if byte.isBlank {
          end(&word, line: line)
          owesBlank = true
          if byte == UInt8(ascii: "\n") { line += 1 }
        } else {
          word.append(byte)
        }
      }
      end(&word, line: line)
    }

    private mutating func end(_ word: inout [UInt8], line: Int) {
      guard !word.isEmpty else { return }
      let text = String(decoding: word, as: UTF8.self)
      word = []
      if table.isOpen, let row = table.rows.indices.last, !table.rows[row].cells.isEmpty {
        let cell = table.rows[row].cells.count - 1
        let blank = owesBlank && !table.rows[row].cells[cell].isEmpty
        table.rows[row].cells[cell] += (blank ? " " : "") + text
      } else if lines.isEmpty {
        lines = [(text, line)]
      } else if lines[lines.count - 1].text.isEmpty {
        lines[lines.count - 1] = (text, line)
      } else {
        lines[lines.count - 1].text += (owesBlank ? " " : "") + text
      }
      owesBlank = false
    }

    private mutating func addVerbatim(_ text: String, line: Int) {
      for (index, part) in text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        if index > 0 || lines.isEmpty {
          lines.append((String(part), line + index))
        } else {
          lines[lines.count - 1].text += part
        }
      }
    }

    private mutating func breakLine(_ line: Int) {
      if !lines.isEmpty { lines.append(("", line)) }
      owesBlank = false
    }

    private mutating func beginCell(isHead: Bool, _ line: Int) {
      if table.rows.isEmpty { table.rows.append(([], line, false)) }
      table.rows[table.rows.count - 1].cells.append("")
      if isHead { table.rows[table.rows.count - 1].hasHead = true }
      owesBlank = false
    }

    // Blocks

    mutating func finish() {
      if table.isOpen { endTable() }
      flush()
      containers.open = min(containers.open, 1)
      endContainer()
    }

    private mutating func endTitle() {
      guard isInTitle else { return }
      isInTitle = false
      let text = lines.map(\.text).joined(separator: " ")
      lines = []
      owesBlank = false
      if !text.isEmpty { title = TextLine.title(text) }
    }

    /// Ends the block that is being written.
    private mutating func flush() {
      defer {
        lines = []
        owesBlank = false
      }
      while lines.last?.text.utf8.allSatisfy(\.isBlank) == true { lines.removeLast() }
      while lines.first?.text.utf8.allSatisfy(\.isBlank) == true { lines.removeFirst() }
      guard !lines.isEmpty else { return }
      if preformatted > 0 {
        write(lines, as: .code)
      } else if let heading {
        let title = lines.map(\.text).joined(separator: " ")
        write(lines, as: .heading(level: heading, title: TextLine.title(title)))
      } else {
        if let bullet { lines[0].text = bullet + lines[0].text }
        bullet = nil
        write(lines, as: .prose)
      }
    }

    private mutating func write(_ lines: [(text: String, source: Int)], as kind: Block.Kind) {
      if !bytes.isEmpty {
        // Items stand below each other, other blocks apart.
        let gap = lists > 0 && !blocks.isEmpty && containers.start < blocks.count ? 1 : 2
        bytes += [UInt8](repeating: UInt8(ascii: "\n"), count: gap)
        for _ in 1..<gap { sourceLines.append(lines[0].source) }
      }
      let start = bytes.count
      let first = sourceLines.count + 1
      for (index, line) in lines.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: "\n")) }
        bytes += Array(line.text.utf8)
        sourceLines.append(line.source)
      }
      let isSection = if case .heading = kind { containers.open == 0 } else { true }
      blocks.append(
        Block(kind: isSection ? kind : .prose, range: start..<bytes.count, line: first))
    }

    private mutating func endTable() {
      let rows = table.rows.filter { row in row.cells.contains { !$0.isEmpty } }
      table = ([], false)
      guard let first = rows.first else { return flush() }
      flush()  // the caption
      write(
        rows.map { ("| " + $0.cells.joined(separator: " | ") + " |", $0.source) },
        as: .lines)
      guard first.hasHead, rows.count > 1, let block = blocks.popLast() else { return }
      let head = ("| " + first.cells.joined(separator: " | ") + " |").utf8.count
      blocks.append(
        Block(
          kind: .table(head: block.range.lowerBound..<(block.range.lowerBound + head)),
          range: block.range, line: block.line))
    }

    /// Makes the blocks of an outermost list or quote one.
    private mutating func endContainer() {
      guard containers.open > 0 else { return }
      containers.open -= 1
      guard containers.open == 0, blocks.count > containers.start else { return }
      let inside = Array(blocks[containers.start...])
      guard inside.count > 1, let first = inside.first, let last = inside.last else { return }
      blocks.removeSubrange(containers.start...)
      blocks.append(
        Block(
          kind: containers.isList ? .list : .prose,
          range: first.range.lowerBound..<last.range.upperBound, line: first.line, children: inside)
      )
    }
  }

  extension GumboTag {
    fileprivate var headingLevel: Int? {
      (GUMBO_TAG_H1.rawValue...GUMBO_TAG_H6.rawValue).contains(rawValue)
        ? Int(rawValue - GUMBO_TAG_H1.rawValue) + 1 : nil
    }

    fileprivate var isHeading: Bool { headingLevel != nil }

    fileprivate var isLeftOut: Bool { Self.leftOut.contains(rawValue) }
    fileprivate var isBlock: Bool { isHeading || Self.blocks.contains(rawValue) }

    private static let leftOut = Set(
      [
        GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_TEMPLATE, GUMBO_TAG_NOSCRIPT, GUMBO_TAG_SVG,
        GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT, GUMBO_TAG_AUDIO, GUMBO_TAG_VIDEO, GUMBO_TAG_CANVAS,
        GUMBO_TAG_SELECT, GUMBO_TAG_TEXTAREA, GUMBO_TAG_BUTTON,
      ].map(\.rawValue))

    private static let blocks = Set(
      [
        GUMBO_TAG_ADDRESS, GUMBO_TAG_ARTICLE, GUMBO_TAG_ASIDE, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_BODY,
        GUMBO_TAG_CAPTION, GUMBO_TAG_CENTER, GUMBO_TAG_DD, GUMBO_TAG_DETAILS, GUMBO_TAG_DIR,
        GUMBO_TAG_DIV, GUMBO_TAG_DL, GUMBO_TAG_DT, GUMBO_TAG_FIELDSET, GUMBO_TAG_FIGCAPTION,
        GUMBO_TAG_FIGURE, GUMBO_TAG_FOOTER, GUMBO_TAG_FORM, GUMBO_TAG_HEAD, GUMBO_TAG_HEADER,
        GUMBO_TAG_HGROUP, GUMBO_TAG_HR, GUMBO_TAG_LEGEND, GUMBO_TAG_LI, GUMBO_TAG_MAIN,
        GUMBO_TAG_MENU, GUMBO_TAG_NAV, GUMBO_TAG_OL, GUMBO_TAG_P, GUMBO_TAG_PRE, GUMBO_TAG_SECTION,
        GUMBO_TAG_SUMMARY, GUMBO_TAG_TABLE, GUMBO_TAG_TBODY, GUMBO_TAG_TD, GUMBO_TAG_TFOOT,
        GUMBO_TAG_TH, GUMBO_TAG_THEAD, GUMBO_TAG_TR, GUMBO_TAG_UL,
      ].map(\.rawValue))
  }
#endif
