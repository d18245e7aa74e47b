public import Foundation
public import LociCore

/// What upkeep did, or would do.
public struct UpkeepReport: Sendable {
  /// What a step did, or would do.
  public struct Step: Sendable {
    /// What became of a step.
    public enum Outcome: String, Hashable, Sendable, Codable {
      /// It was done; on a dry run, it would be.
      case done
      /// There was nothing that it could do, as ``Step/reason`` says.
      case skipped
      /// A run that was cut off had done it already.
      case doneBefore = "done_before"
      /// It failed, as ``Step/failure`` says; what it had done before stays.
      case failed
    }

    /// Which one.
    public let step: UpkeepStep
    /// What became of it.
    public internal(set) var outcome = Outcome.done
    /// What it looked at: episodes or records.
    public internal(set) var examinedCount = 0
    /// What it changed, or would: episodes, for embedding records, for a backup 1.
    public internal(set) var changedCount = 0
    /// The records of these that were erased, or put away, with their episodes.
    public internal(set) var recordCount = 0
    /// The transactions that it took.
    public internal(set) var transactionCount = 0
    /// The most records that one of them changed.
    public internal(set) var largestTransaction = 0
    /// The file that was written.
    public internal(set) var file: URL?
    /// Why there was nothing to do.
    public internal(set) var reason: String?
    /// Why it failed.
    public internal(set) var failure: LociError?

    init(_ step: UpkeepStep) { self.step = step }

    mutating func count(transactionOf records: Int) {
      transactionCount += 1
      largestTransaction = max(largestTransaction, records)
    }
  }

  /// Whether nothing was changed.
  public let isDryRun: Bool
  /// Whether it went on where another run was cut off.
  public internal(set) var isResumed = false
  /// The steps, in their order.
  public internal(set) var steps: [Step] = []

  /// Whether the store was found damaged.
  var isDamaged: Bool { steps.contains { $0.step == .examination && $0.outcome == .failed } }

  /// Whether no step failed.
  public var isComplete: Bool { !steps.contains { $0.outcome == .failed } }
}
