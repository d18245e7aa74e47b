/// A stretch of a document that goes into a chunk whole.
struct Piece {
  /// Its bytes, from the first to the last that is not blank.
  let range: Range<Int>
  /// Its lines, from 1.
  let lines: ClosedRange<Int>
  let tokens: Int
  /// The head of the table that it is a later part of: a chunk that begins with it repeats that.
  var head: Head?

  /// What a chunk repeats of an earlier place.
  struct Head {
    let range: Range<Int>
    let tokens: Int
  }
}

/// Where a block that is too long may be cut, from the best places to the last resort.
enum CutLevel: Equatable {
  /// Before each item of a list, at any depth.
  case items
  /// Before lines that follow a blank one and are indented by at most so many columns.
  case parts(indented: Int)
  /// Before lines that are not indented, and not after a blank line alone.
  case unindented
  case lines
  case sentences
  case words
  /// Between characters, 16 at a time: scripts without spaces, base64.
  case runs
  case characters
  /// Inside a character that alone is too long for a chunk.
  case scalars

  static func levels(of kind: Block.Kind) -> [CutLevel] {
    let common: [CutLevel] = [.sentences, .words, .runs, .characters, .scalars]
    return switch kind {
    case .heading, .prose, .definitions: common
    case .list: [.items] + common
    case .lines, .table: [.lines] + common
    case .code:
      [.parts(indented: 0), .parts(indented: 4), .parts(indented: 8), .parts(indented: .max)]
        + [.unindented, .lines] + common
    }
  }

  /// Whether a part begins with the blanks before its first word.
  fileprivate var keepsIndentation: Bool {
    switch self {
    case .items, .parts, .unindented, .lines: true
    default: false
    }
  }
}

/// Cuts a block into pieces that fit into a chunk, each at the best level that makes it fit.
///
/// Every level looks at each byte and counts its tokens once, so the cost is linear.
struct TextCutter {
  let text: DocumentText
  let limits: ChunkLimits
  /// The most tokens of a piece.
  var limit: Int

  /// The tokens of a range, or nil where it has too many bytes to be one chunk.
  func tokens(in range: Range<Int>) throws -> Int? {
    guard range.count <= limits.maximumBytes else { return nil }
    return try limits.countTokens(text.string(range))
  }

  /// Gives a block's pieces in order: the blocks in it that fit, and parts of those that don't.
  func cut(_ block: Block, into body: (Piece) throws -> Void) throws {
    var place = (line: block.line, offset: block.range.lowerBound)
    try cut(block, counting: &place, into: body)
  }

  /// - Parameter place: A line and where it begins or goes on; it moves along with the pieces.
  private func cut(
    _ block: Block, counting place: inout (line: Int, offset: Int),
    into body: (Piece) throws -> Void
  ) throws {
    for child in block.children {
      let tokens = try tokens(in: child.range)
      if let tokens, tokens <= limit {
        try body(piece(child.range, tokens, &place))
      } else {
        try cut(child, counting: &place, into: body)
      }
    }
    guard block.children.isEmpty else { return }
    let head = try head(of: block)
    var place = place
    try cut(
      block.range, at: CutLevel.levels(of: block.kind)[...], limit: limit - (head?.tokens ?? 0)
    ) { range, tokens in
      var piece = piece(range, tokens, &place)
      if let head, range.lowerBound >= head.range.upperBound { piece.head = head }
      try body(piece)
    }
  }

  private func piece(
    _ range: Range<Int>, _ tokens: Int, _ place: inout (line: Int, offset: Int)
  ) -> Piece {
    let first = place.line + text.lineEnds(in: place.offset..<max(place.offset, range.lowerBound))
    let last = first + text.lineEnds(in: range)
    place = (last, range.upperBound)
    return Piece(range: range, lines: first...last, tokens: tokens)
  }

  /// A table's head, where it takes no more than half of a chunk.
  private func head(of block: Block) throws -> Piece.Head? {
    guard case .table(let range) = block.kind, let tokens = try tokens(in: range),
      tokens <= limit / 2, range.count <= limits.maximumBytes / 2
    else { return nil }
    return Piece.Head(range: range, tokens: tokens)
  }

  private func cut(
    _ range: Range<Int>, at levels: ArraySlice<CutLevel>, limit: Int,
    into body: (Range<Int>, Int) throws -> Void
  ) throws {
    guard let level = levels.first else { return }
    try forEachPart(of: range, at: level) { part in
      let part = text.trimmed(part, start: !level.keepsIndentation)
      guard !part.isEmpty else { return }
      // What a level could not part has been counted.
      let isSame = part == range && level != .scalars
      let tokens = isSame ? nil : try tokens(in: part)
      if let tokens, tokens <= limit || level == .scalars {
        try body(part, tokens)
      } else {
        try cut(part, at: levels.dropFirst(), limit: limit, into: body)
      }
    }
  }

  private func forEachPart(
    of range: Range<Int>, at level: CutLevel, _ body: (Range<Int>) throws -> Void
  ) throws {
    switch level {
    case .items, .parts, .unindented, .lines: try forEachLine(of: range, at: level, body)
    case .sentences, .words: try forEachPhrase(of: range, wholeSentences: level == .sentences, body)
    case .runs: try forEachRun(of: range, characters: 16, body)
    case .characters: try forEachRun(of: range, characters: 1, body)
    case .scalars:
      var offset = range.lowerBound
      while offset < range.upperBound {
        let next = offset + text.scalar(at: offset).length
        try body(offset..<next)
        offset = next
      }
    }
  }

  private func forEachLine(
    of range: Range<Int>, at level: CutLevel, _ body: (Range<Int>) throws -> Void
  ) throws {
    var start = range.lowerBound
    var offset = start
    var followsBlank = false
    while offset < range.upperBound, let line = TextLine(in: text, at: offset) {
      let begins =
        switch level {
        case .items: line.isListItem(in: text)
        case .parts(let most): followsBlank && line.opensPart(in: text, indented: most)
        case .unindented: line.opensPart(in: text, indented: 0)
        default: true
        }
      if offset > start, begins {
        try body(start..<offset)
        start = offset
      }
      followsBlank = line.isBlank
      offset = line.next
    }
    try body(start..<range.upperBound)
  }

  /// Parts after each sentence, or after each word.
  private func forEachPhrase(
    of range: Range<Int>, wholeSentences: Bool, _ body: (Range<Int>) throws -> Void
  ) throws {
    var start = range.lowerBound
    var offset = start
    var mayEnd = !wholeSentences
    while offset < range.upperBound {
      let (scalar, length) = text.scalar(at: offset)
      let next = offset + length
      let isBlank = scalar.properties.isWhitespace
      let ends = mayEnd && isBlank || wholeSentences && scalar.endsSentenceAtOnce
      if ends, next >= range.upperBound || !text.scalar(at: next).scalar.joinsPrevious {
        try body(start..<next)
        start = next
        mayEnd = !wholeSentences
      } else if wholeSentences {
        mayEnd = scalar.mayEndSentence || mayEnd && scalar.mayFollowSentenceEnd
      }
      offset = next
    }
    if start < range.upperBound { try body(start..<range.upperBound) }
  }

  private func forEachRun(
    of range: Range<Int>, characters: Int, _ body: (Range<Int>) throws -> Void
  ) throws {
    var start = range.lowerBound
    var (end, count) = (start, 0)
    for character in text.string(range) {
      end += character.utf8.count
      count += 1
      guard count == characters else { continue }
      try body(start..<end)
      (start, count) = (end, 0)
    }
    if start < end { try body(start..<end) }
  }
}

extension Unicode.Scalar {
  /// Full stops of scripts that put no space after a sentence.
  fileprivate var endsSentenceAtOnce: Bool { "。！？｡．।॥".unicodeScalars.contains(self) }

  /// Full stops that count where a blank follows.
  fileprivate var mayEndSentence: Bool { ".!?…؟۔።\u{1367}".unicodeScalars.contains(self) }

  /// Closing quotes and brackets between a full stop and the blank.
  fileprivate var mayFollowSentenceEnd: Bool { "\"'”’»)]*_".unicodeScalars.contains(self) }
}
