/// A block of a document: whole lines that belong together.
package struct Block {
  package enum Kind: Hashable {
    /// A heading of level 1…6, or a document's title at level 1.
    case heading(level: Int, title: String)
    /// Running text, cut between sentences.
    case prose
    /// A list whose items are not told apart, cut before them.
    case list
    /// Text whose lines mean something, cut between them.
    case lines
    /// Source code, cut at blank lines and by indentation.
    case code
    /// A table: what comes after its head is cut between lines, and the head is repeated.
    case table(head: Range<Int>)
    /// Lines that say nothing by themselves, such as link definitions: no chunk begins or ends with
    /// them.
    case definitions
  }

  package let kind: Kind
  /// From the start of its first line to the last byte that is not blank.
  package let range: Range<Int>
  /// The number of its first line, from 1.
  package let line: Int
  /// What it is made of, in order, where it is made of blocks: a list of its items, an item and a
  /// quote of theirs. Each begins where the one before ends, and they cover all of it.
  package var children: [Block] = []
}

/// The blocks of a document, one after the other.
package protocol BlockReader {
  /// The next block, or nil at the end.
  mutating func next() throws -> Block?
}

/// Blocks that were read all at once.
struct ReadBlocks: BlockReader {
  private var rest: IndexingIterator<[Block]>

  init(_ blocks: [Block]) { rest = blocks.makeIterator() }

  mutating func next() -> Block? { rest.next() }
}
