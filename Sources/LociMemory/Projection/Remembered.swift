public import LociCore

/// A stored record, and what became of its vector.
public struct Remembered: Sendable {
  /// Whether the record can be found by meaning already.
  public enum Projection: Sendable {
    /// It can. `isTruncated`: the text was longer than the model reads, and its end was left out.
    case embedded(isTruncated: Bool)
    /// It can, by the vector that it had: its text did not change.
    case unchanged
    /// Not yet: embedding failed, for this reason. The record is stored and found by words;
    /// ``MemoryNamespace/backfill(progress:)`` makes up for it. Nobody gets this who has not asked
    /// for it by ``MemoryNamespace/allowsPending``.
    case pending(any Error)
    /// It can't: the model knows next to none of its words, so its vector would be that of any
    /// text of its sort. It has none, and is found by words only.
    case unreadable
  }

  /// The record as stored.
  public let record: Record
  /// What became of its vector.
  public let projection: Projection

  package init(record: Record, projection: Projection) {
    self.record = record
    self.projection = projection
  }
}
