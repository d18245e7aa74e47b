import LociCore

/// How large chunks may be, in what a model counts.
struct ChunkLimits: Sendable {
  /// The most tokens of a chunk.
  let maximumTokens: Int
  /// The most tokens that a chunk repeats from the one before it.
  let overlapTokens: Int
  /// The number of tokens of a piece of text.
  let countTokens: @Sendable (String) throws -> Int
  /// The most tokens that a chunk and the headings above it may have together; nil for any number.
  var room: Int?

  /// The most bytes of a chunk: 16 for each token, since a tokenizer may count a long run of
  /// spaces or of an unknown script as nearly nothing.
  var maximumBytes: Int { maximumTokens * 16 }
  /// At most this many tokens make a section tiny.
  var tinyTokens: Int { maximumTokens / 8 }

  /// The most tokens of a chunk under headings, which are embedded with it; never less than half.
  func maximumTokens(under headings: [String]) throws -> Int {
    let heading = headings.joined(separator: Record.Source.separator)
    guard let room, !heading.isEmpty else { return maximumTokens }
    let taken = try countTokens(Record.Source.embeddedPart(ofHeading: heading))
    return min(maximumTokens, max(room - taken, maximumTokens / 2, 1))
  }
}
