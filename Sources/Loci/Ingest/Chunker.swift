import Foundation
public import LociCore

/// Cuts documents into chunks that a model can embed whole, along the documents' own structure.
///
/// A chunk never mixes text under different headings, except that neighbouring sections of the same
/// rank which are tiny (an eighth of a chunk) share one. Lists, quotes, tables, fenced code and
/// front matter stay whole where they fit into a chunk. What is too long is cut between lines or
/// list items, then sentences, words and characters; only there the next chunk repeats the end of
/// the one before. A character is cut only where it alone is too long for a chunk.
///
/// Every character that is not blank is in at least one chunk, and the order is the document's.
public struct Chunker: Sendable {
  /// The most tokens of a chunk.
  public let maximumTokens: Int
  /// The most tokens that a chunk repeats from the one before it, in whole sentences or words.
  public let overlapTokens: Int

  let countTokens: @Sendable (String) throws -> Int

  /// The most bytes of a chunk: 16 for each token, since a tokenizer may count a long run of
  /// spaces or of an unknown script as nearly nothing.
  var maximumBytes: Int { maximumTokens * 16 }
  /// At most this many tokens make a section tiny.
  var tinyTokens: Int { maximumTokens / 8 }

  /// The most tokens of a chunk where a model could take more: longer chunks blur their meaning.
  public static let largestDefault = 512
  /// The tokens that a chunk repeats where nothing else is said.
  public static let defaultOverlap = 50

  /// Makes a chunker.
  ///
  /// - Parameters:
  ///   - maximumTokens: The most tokens of a chunk, at least 1.
  ///   - overlapTokens: At most half of `maximumTokens`.
  ///   - countTokens: The number of tokens of a piece of text. It is asked about short pieces, and
  ///     their numbers are added up.
  /// - Throws: ``LociError/Code/invalidArgument`` for numbers outside these ranges.
  public init(
    maximumTokens: Int, overlapTokens: Int,
    countTokens: @escaping @Sendable (String) throws -> Int
  ) throws(LociError) {
    guard (1...1_000_000).contains(maximumTokens) else {
      throw LociError(
        .invalidArgument, "A chunk can have 1 to 1000000 tokens, not \(maximumTokens).")
    }
    guard (0...maximumTokens / 2).contains(overlapTokens) else {
      throw LociError(
        .invalidArgument,
        "The overlap is \(Count.of(overlapTokens, "token")); 0 to \(maximumTokens / 2) can be, "
          + "half of a chunk.")
    }
    self.maximumTokens = maximumTokens
    self.overlapTokens = overlapTokens
    self.countTokens = countTokens
  }

  /// Makes a chunker that fits an embedder: no chunk is longer than its model reads, after the
  /// model's prefix and two special tokens.
  ///
  /// - Parameters:
  ///   - embedder: Whose texts the chunks will be.
  ///   - maximumTokens: The most tokens of a chunk; nil takes what the model reads, at most
  ///     ``largestDefault``.
  ///   - overlapTokens: nil takes ``defaultOverlap``, or half of a chunk where that is less.
  /// - Throws: ``LociError/Code/invalidArgument`` where the model reads less than `maximumTokens`.
  public init(
    for embedder: any Embedder, maximumTokens: Int? = nil, overlapTokens: Int? = nil
  ) throws {
    let space = embedder.space
    let room = space.maximumTokens - 2 - (try embedder.tokenCount(of: space.passagePrefix))
    guard maximumTokens ?? 1 <= room else {
      throw LociError(
        .invalidArgument,
        "A chunk of \(Count.of(maximumTokens ?? 1, "token")) is too long for \(space.model), "
          + "which has room for \(room).",
        remedy: "Set chunk_tokens to at most \(room), or leave it out.")
    }
    let maximum = maximumTokens ?? min(room, Self.largestDefault)
    try self.init(
      maximumTokens: maximum, overlapTokens: overlapTokens ?? min(Self.defaultOverlap, maximum / 2)
    ) { try embedder.tokenCount(of: $0) }
  }

  /// Cuts a document into chunks.
  ///
  /// - Throws: What counting tokens throws, and `CancellationError` where the task is cancelled.
  /// - Complexity: O(n) time; memory for the text, its copy in bytes, and the chunks.
  public func chunks(of text: String, as format: TextFormat) throws -> [Chunk] {
    let document = DocumentText(text)
    var scanner = BlockScanner(document, as: format)
    var assembler = ChunkAssembler(document, for: self)
    while let block = scanner.next() { try assembler.add(block) }
    return try assembler.finish()
  }
}
