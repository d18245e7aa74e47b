import LociCore

/// Fills chunks with blocks, section by section.
struct ChunkAssembler {
  /// A chunk that is being filled: a stretch of the document.
  private struct Draft {
    var range: Range<Int>
    var lines: ClosedRange<Int>
    var tokens: Int
    /// The headings of the section; of what several sections share where tiny ones were joined.
    var path: [String]
    /// The rank and the parent of its section, by which siblings know each other.
    let rank: Int
    let parent: [String]
    var hasOnlyHeadings = true
    /// The head of a table that the chunk goes on with; counted among its tokens.
    var head: Piece.Head?
    /// The tokens of definitions after its end, which more text would take in.
    var skippedTokens = 0

    mutating func extend(range: Range<Int>, lines: ClosedRange<Int>, tokens: Int) {
      self.range = self.range.lowerBound..<range.upperBound
      self.lines = self.lines.lowerBound...lines.upperBound
      self.tokens += skippedTokens + tokens
      skippedTokens = 0
    }
  }

  private let text: DocumentText
  private let limits: ChunkLimits
  private var cutter: TextCutter
  private var chunks: [Chunk] = []
  /// The headings above the present place.
  private var headings: [(level: Int, title: String)] = []
  private var draft: Draft?
  /// Tiny sections that wait for a tiny sibling.
  private var waiting: Draft?
  /// Whether the present section has given a chunk, so that `draft` is not all of it.
  private var isContinued = false
  /// The last pieces of a block that is being cut: what the next chunk may repeat.
  private var tail: [Piece] = []

  init(_ text: DocumentText, within limits: ChunkLimits) {
    self.text = text
    self.limits = limits
    cutter = TextCutter(text: text, limits: limits, limit: limits.maximumTokens)
  }

  /// The most tokens of a chunk of the present section.
  private var limit: Int { cutter.limit }

  mutating func add(_ block: Block) throws {
    let isHeading = if case .heading = block.kind { true } else { false }
    if case .heading(let level, let title) = block.kind {
      try enterSection(level: level, title: title)
    }
    let tokens = try cutter.tokens(in: block.range)
    if block.kind == .definitions {
      draft?.skippedTokens += tokens ?? limits.maximumTokens
      return
    }
    guard let tokens, tokens <= limit else { return try addCut(block) }
    let piece = Piece(
      range: block.range,
      lines: block.line...(block.line + text.lineEnds(in: block.range)), tokens: tokens)
    if !fits(piece) {
      // A heading is not left alone for a paragraph's sake.
      if draft?.hasOnlyHeadings == true, block.kind == .prose { return try addCut(block) }
      try emitDraft()
    }
    put(piece, isHeading: isHeading)
  }

  /// Puts all that follows under a document's title, until a heading of level 1.
  mutating func begin(under title: String) throws {
    headings = [(1, TextLine.title(title))]
    cutter.limit = try limits.maximumTokens(under: path)
  }

  /// Ends the last section and returns the chunks.
  mutating func finish() throws -> [Chunk] {
    try finishSection()
    try emitWaiting()
    return chunks
  }

  private mutating func enterSection(level: Int, title: String) throws {
    let outer = headings.filter { $0.level < level }
    let goesDeeper = outer.count == headings.count
    // A heading right under another one stays with it.
    let joins = goesDeeper && draft?.hasOnlyHeadings == true
    if !joins { try finishSection() }
    headings = outer + [(level, title)]
    cutter.limit = try limits.maximumTokens(under: path)
    guard joins, let above = draft else { return }
    draft = makeDraft(range: above.range, lines: above.lines, tokens: above.tokens)
    draft?.skippedTokens = above.skippedTokens
  }

  /// The titles of the headings above the present place.
  private var path: [String] { headings.map(\.title) }

  private func makeDraft(range: Range<Int>, lines: ClosedRange<Int>, tokens: Int) -> Draft {
    let path = path
    return Draft(
      range: range, lines: lines, tokens: tokens, path: path, rank: path.count,
      parent: path.dropLast())
  }

  private func fits(_ piece: Piece) -> Bool {
    guard let draft else { return true }
    return draft.tokens + draft.skippedTokens + piece.tokens <= limit
      && piece.range.upperBound - draft.range.lowerBound <= limits.maximumBytes
  }

  private mutating func put(_ piece: Piece, isHeading: Bool) {
    if draft == nil {
      let tokens = piece.tokens + (piece.head?.tokens ?? 0)
      draft = makeDraft(range: piece.range, lines: piece.lines, tokens: tokens)
      draft?.head = piece.head
    } else {
      draft?.extend(range: piece.range, lines: piece.lines, tokens: piece.tokens)
    }
    if !isHeading { draft?.hasOnlyHeadings = false }
  }

  // Blocks that are too long

  private mutating func addCut(_ block: Block) throws {
    if let draft, !draft.hasOnlyHeadings, draft.tokens > limits.tinyTokens { try emitDraft() }
    tail = []
    let cutter = cutter
    try cutter.cut(block) { try addPiece($0) }
    tail = []
  }

  private mutating func addPiece(_ piece: Piece) throws {
    if !fits(piece) {
      try emitDraft()
      repeatTail(before: piece)
    }
    put(piece, isHeading: false)
    tail.append(piece)
    while tail.count > limits.overlapTokens
      || tail.reduce(0, { $0 + $1.tokens }) > limits.overlapTokens
    {
      tail.removeFirst()
    }
  }

  /// Begins a chunk with the last pieces of the one before, as many as leave room for the next.
  private mutating func repeatTail(before piece: Piece) {
    for start in tail.indices {
      draft = nil
      for repeated in tail[start...] { put(repeated, isHeading: false) }
      if fits(piece) { return }
    }
    draft = nil
  }

  // Chunks

  private mutating func finishSection() throws {
    guard let section = draft else { return }
    let isTiny = !isContinued && section.tokens <= limits.tinyTokens
    draft = nil
    isContinued = false
    guard isTiny else {
      try emitWaiting()
      return try emit(section)
    }
    if var joined = waiting, joined.rank == section.rank, joined.parent == section.parent,
      joined.tokens <= limits.tinyTokens,
      joined.tokens + joined.skippedTokens + section.tokens <= limit,
      section.range.upperBound - joined.range.lowerBound <= limits.maximumBytes
    {
      joined.extend(range: section.range, lines: section.lines, tokens: section.tokens)
      if joined.path != section.path { joined.path = joined.parent }
      joined.hasOnlyHeadings = false
      waiting = joined
    } else {
      try emitWaiting()
      waiting = section
    }
  }

  private mutating func emitDraft() throws {
    guard let full = draft else { return }
    try emitWaiting()
    try emit(full)
    draft = nil
    isContinued = true
  }

  private mutating func emitWaiting() throws {
    guard let ready = waiting else { return }
    waiting = nil
    try emit(ready)
  }

  private mutating func emit(_ draft: Draft) throws {
    try Task.checkCancellation()
    let body = text.string(draft.range)
    // Blanks beyond ASCII, such as an ideographic space, are nothing to remember either.
    guard body.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { return }
    chunks.append(
      Chunk(
        index: chunks.count, text: draft.head.map { text.string($0.range) + "\n" + body } ?? body,
        heading: draft.path.isEmpty ? nil : draft.path.joined(separator: Record.Source.separator),
        lines: text.sourceLines(of: draft.lines), tokenCount: draft.tokens, bytes: draft.range))
  }
}
