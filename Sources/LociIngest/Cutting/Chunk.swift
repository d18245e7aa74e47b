public import LociCore

/// A document, cut into chunks.
public struct ChunkedDocument: Hashable, Sendable {
  /// Its chunks, in order.
  public let chunks: [Chunk]
  /// What it says of itself: a Markdown document's front matter, an HTML page's title.
  public let metadata: Metadata

  /// A document without a chunk.
  package static let empty = ChunkedDocument(chunks: [])

  /// Makes a document.
  public init(chunks: [Chunk], metadata: Metadata = [:]) {
    (self.chunks, self.metadata) = (chunks, metadata)
  }
}

/// A piece of a document, small enough to be embedded whole: what ingest stores as one record.
public struct Chunk: Hashable, Sendable {
  /// The chunk's place in its document, from 0.
  public let index: Int
  /// The document's own text; without the data of addresses such as `data:image/png;base64,…`, and
  /// with the table's head before its later rows.
  public let text: String
  /// The headings above the chunk, outermost first, joined by ` › `.
  public let heading: String?
  /// The chunk's lines in its document, from 1.
  public let lines: ClosedRange<Int>
  /// How many tokens it has, counted block by block.
  public let tokenCount: Int
  /// Where it lies in the UTF-8 bytes of the text that was cut.
  package let bytes: Range<Int>
}
