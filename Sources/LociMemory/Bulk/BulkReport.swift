public import LociCore

/// What became of many texts, or has so far.
public struct BulkReport: Sendable {
  /// The texts that were stored.
  public internal(set) var storedCount = 0
  /// The texts that were there already with all that was said of them.
  public internal(set) var unchangedCount = 0
  /// The records that were embedded.
  public internal(set) var embeddedCount = 0
  /// The records that need no vector, because the model can't read their text; words find them.
  public internal(set) var unreadableCount = 0
  /// The records that could not be embedded; words find them, and a backfill makes up for it.
  public internal(set) var pendingCount = 0
  /// Why the last of them could not.
  public internal(set) var lastFailure: LociError?

  /// The texts that were taken in.
  public var count: Int { storedCount + unchangedCount }
}

extension BulkReport {
  mutating func add(_ outcomes: [Remembered.Projection]) {
    for outcome in outcomes {
      switch outcome {
      case .embedded: embeddedCount += 1
      case .unchanged: break
      case .unreadable: unreadableCount += 1
      case .pending(let error):
        pendingCount += 1
        lastFailure = error as? LociError ?? lastFailure
      }
    }
  }
}
