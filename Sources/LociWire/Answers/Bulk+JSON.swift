package import LociJSON
package import LociMemory

/// What became of many texts.
package struct BulkAnswer: Sendable {
  /// The texts that were taken in.
  package let report: BulkReport
  /// The places that could not be used.
  package let rejectedCount: Int

  /// Whether everything was taken in, and embedded where it was to be.
  package var isComplete: Bool { rejectedCount == 0 && report.pendingCount == 0 }

  /// The answer as JSON.
  package var json: JSON {
    [
      "stored": .integer(report.storedCount), "unchanged": .integer(report.unchangedCount),
      "embedded": .integer(report.embeddedCount), "pending": .integer(report.pendingCount),
      "unreadable": .integer(report.unreadableCount), "rejected": .integer(rejectedCount),
      "reason": JSON(report.lastFailure.map { ErrorReport($0).message }, JSON.string),
    ]
  }
}

/// What was taken in from another system.
package enum ForeignAnswer: Sendable {
  /// Memories, one by one.
  case memories(BulkAnswer)
  /// Notes, cut into chunks.
  case notes(IngestAnswer)

  /// The answer as JSON.
  package var json: JSON {
    switch self {
    case .memories(let answer): answer.json
    case .notes(let answer): answer.json
    }
  }

  /// Whether everything was taken in.
  package var isComplete: Bool {
    switch self {
    case .memories(let answer): answer.isComplete
    case .notes(let answer): answer.report.isComplete
    }
  }
}
