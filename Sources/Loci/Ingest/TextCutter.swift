/// A stretch of a document that goes into a chunk whole.
struct Piece {
  /// Its bytes, from the first to the last that is not blank.
  let range: Range<Int>
  /// Its lines, from 1.
  let lines: ClosedRange<Int>
  let tokens: Int
}

/// Where a block that is too long may be cut, from the best places to the last resort.
enum CutLevel {
  /// Before each item of a list, at any depth.
  case items
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
    case .heading, .prose: common
    case .list: [.items] + common
    case .lines: [.lines] + common
    }
  }
}

/// Cuts a block into pieces that fit into a chunk, each at the best level that makes it fit.
///
/// Every level looks at each byte and counts its tokens once, so the cost is linear.
struct TextCutter {
  let text: DocumentText
  let chunker: Chunker

  /// The tokens of a range, or nil where it has too many bytes to be one chunk.
  func tokens(in range: Range<Int>) throws -> Int? {
    guard range.count <= chunker.maximumBytes else { return nil }
    return try chunker.countTokens(text.string(range))
  }

  func cut(_ block: Block, into body: (Piece) throws -> Void) throws {
    var line = block.line
    var counted = block.range.lowerBound
    try cut(block.range, at: CutLevel.levels(of: block.kind)[...]) { range, tokens in
      line += text.lineEnds(in: counted..<range.lowerBound)
      let last = line + text.lineEnds(in: range)
      try body(Piece(range: range, lines: line...last, tokens: tokens))
      (line, counted) = (last, range.upperBound)
    }
  }

  private func cut(
    _ range: Range<Int>, at levels: ArraySlice<CutLevel>,
    into body: (Range<Int>, Int) throws -> Void
  ) throws {
    guard let level = levels.first else { return }
    try forEachPart(of: range, at: level) { part in
      let part = text.trimmed(part, start: level != .items && level != .lines)
      guard !part.isEmpty else { return }
      let tokens = try tokens(in: part)
      if let tokens, tokens <= chunker.maximumTokens || level == .scalars {
        try body(part, tokens)
      } else {
        try cut(part, at: levels.dropFirst(), into: body)
      }
    }
  }

  private func forEachPart(
    of range: Range<Int>, at level: CutLevel, _ body: (Range<Int>) throws -> Void
  ) throws {
    switch level {
    case .items, .lines: try forEachLine(of: range, joiningItems: level == .items, body)
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
    of range: Range<Int>, joiningItems: Bool, _ body: (Range<Int>) throws -> Void
  ) throws {
    var start = range.lowerBound
    var offset = start
    while offset < range.upperBound, let line = TextLine(in: text, at: offset) {
      if offset > start, !joiningItems || line.isListItem(in: text) {
        try body(start..<offset)
        start = offset
      }
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
