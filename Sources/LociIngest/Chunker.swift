import Foundation
public import LociCore

/// Cuts documents into chunks that a model can embed whole, along the documents' own structure.
///
/// A chunk never mixes text under different headings, except that neighbouring sections of the same
/// rank which are tiny (an eighth of a chunk) share one. Lists, quotes, tables and code stay whole
/// where they fit into a chunk. What is too long is cut between the blocks that it is made of, then
/// between lines, sentences, words and characters; only there the next chunk repeats the end of the
/// one before. The later parts of a table repeat its head. A character is cut only where it alone
/// is too long for a chunk.
///
/// Every character that is not blank is in at least one chunk, and the order is the document's.
/// What is no text is left out: front matter, which becomes metadata; link definitions at the end
/// of a chunk; data that is written as an address.
public struct Chunker: Sendable {
  private var limits: ChunkLimits

  /// The most tokens of a chunk.
  public var maximumTokens: Int { limits.maximumTokens }
  /// The most tokens that a chunk repeats from the one before it, in whole sentences or words.
  public var overlapTokens: Int { limits.overlapTokens }

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
    limits = ChunkLimits(
      maximumTokens: maximumTokens, overlapTokens: overlapTokens, countTokens: countTokens)
  }

  /// Makes a chunker that fits an embedder: no chunk is longer than its model reads, after the
  /// model's prefix, two special tokens and the headings above it.
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
    limits.room = room
  }

  /// Cuts a document into chunks.
  ///
  /// - Throws: What counting tokens throws; ``LociError/Code/corrupt`` for a notebook that is none;
  ///   ``LociError/Code/unsupported`` for an HTML page that takes too much memory to read; and
  ///   `CancellationError` where the task is cancelled.
  /// - Complexity: O(n) time; memory for the text, its copy in bytes, and the chunks.
  public func chunks(of text: String, as format: TextFormat) throws -> [Chunk] {
    try document(text, as: format).chunks
  }

  /// Cuts a document into chunks, and reads what it says of itself.
  ///
  /// ```swift
  /// let chunker = try Chunker(maximumTokens: 128, overlapTokens: 16) { text in
  ///   text.split(separator: " ").count
  /// }
  /// let document = try chunker.document(page, as: .markdown)
  /// for chunk in document.chunks { print(chunk.lines, chunk.text) }
  /// ```
  /// - Throws: As ``chunks(of:as:)``.
  public func document(_ text: String, as format: TextFormat) throws -> ChunkedDocument {
    switch format {
    case .markdown:
      let text = DocumentText(withoutDataIn: text)
      guard let front = FrontMatter(of: text) else { return try cut(text, MarkdownBlocks(text)) }
      return try cut(
        text, MarkdownBlocks(text, from: front.end, line: front.lineCount + 1),
        metadata: front.metadata, title: front.title)
    case .html:
      #if Documents
        let page = try HTMLPage(text)
        return try cut(page.text, page.blocks, metadata: page.metadata, title: page.title)
      #else
        throw LociError(
          .unsupported, "HTML can't be read: Loci was built without documents.",
          remedy: "Build it with the package's trait Documents.")
      #endif
    case .notebook:
      let notebook = try Notebook(text)
      return try cut(notebook.text, notebook.blocks)
    case .plain:
      let text = DocumentText(withoutDataIn: text)
      return try cut(text, Paragraphs(text))
    case .lines:
      let text = DocumentText(withoutDataIn: text)
      return try cut(text, CodeParts(text))
    }
  }

  private func cut(
    _ text: DocumentText, _ blocks: some BlockReader, metadata: Metadata = [:],
    title: String? = nil
  ) throws -> ChunkedDocument {
    var blocks = blocks
    var assembler = ChunkAssembler(text, within: limits)
    if let title { try assembler.begin(under: title) }
    while let block = try blocks.next() { try assembler.add(block) }
    return ChunkedDocument(chunks: try assembler.finish(), metadata: metadata)
  }
}
