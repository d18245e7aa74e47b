/// How far a move has come.
public struct MigrationProgress: Sendable {
  /// What a move does, in order.
  public enum Step: String, Hashable, Sendable, Codable, CaseIterable {
    /// Records are copied to the other store.
    case records
    /// Vectors are copied, or made by the new model.
    case vectors
    /// The new side builds its index.
    case index
    /// Both sides are compared.
    case verification
    /// The new side serves; what came in at the last moment is brought over.
    case cutOver = "cut_over"
  }

  /// The step.
  public let step: Step
  /// Records done in this step so far.
  public let completed: Int
  /// Records in all, where that is known.
  public let total: Int?
}

/// What a way back did.
public enum RollBackReport: Sendable {
  /// A move to this side was not finished, and never will be.
  case givenUp(VectorSide)
  /// The last move of vectors was undone.
  case vectors(MigrationReport)
  /// The last move of records was undone.
  case records(RecordMoveReport)
}

/// What a move did, or what it would do.
public struct MigrationReport: Sendable {
  /// Where vectors were searched before.
  public let from: VectorSide
  /// Where they are searched now.
  public let to: VectorSide
  /// Whether anything was changed.
  public let isDryRun: Bool
  /// Records in all.
  public internal(set) var recordCount = 0
  /// What was brought over, or would be.
  public internal(set) var changes = ReconciliationReport()
  /// What the comparison before the cut-over found; nil in a dry run.
  public internal(set) var verification: Verification?

  /// What comparing both sides found.
  public struct Verification: Hashable, Sendable {
    /// Vectors that were compared bit by bit; 0 where the model changed.
    public internal(set) var comparedCount = 0
    /// The SHA-256 over all of them, by id, the same on both sides; nil where the model changed.
    public internal(set) var checksum: String?
    /// The queries that were asked on both sides.
    public internal(set) var queryCount = 0
    /// The mean share of the old side's ten best hits that the new side has among its ten, 0…1.
    public internal(set) var agreement = 1.0
  }
}
