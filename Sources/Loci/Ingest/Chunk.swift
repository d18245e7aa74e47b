/// A piece of a document, small enough to be embedded whole: what ingest stores as one record.
public struct Chunk: Hashable, Sendable {
  /// The chunk's place in its document, from 0.
  public let index: Int
  /// The document's own text, unchanged.
  public let text: String
  /// The headings above the chunk, outermost first, joined by ` › `.
  public let heading: String?
  /// The chunk's lines in its document, from 1.
  public let lines: ClosedRange<Int>
  /// How many tokens it has, counted block by block.
  public let tokenCount: Int
  /// Where it lies in the document's UTF-8 bytes.
  package let bytes: Range<Int>
}

/// How a document's structure is read.
public enum TextFormat: String, Hashable, Sendable, Codable, CaseIterable {
  /// Headings, lists, quotes, tables, code and front matter.
  case markdown
  /// Paragraphs, parted by blank lines and cut between sentences.
  case plain
  /// Source code and data: paragraphs too, but cut between lines.
  case lines
}
