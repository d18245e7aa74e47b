public import LociCore

/// What was found when a namespace's audit log and its records were verified.
public struct AuditReport: Hashable, Sendable {
  /// The first line at which the log is not what was written.
  public struct Break: Hashable, Sendable {
    /// What was done to it.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
      /// The line says something else than what was written.
      case changed
      /// The line was not written where it stands.
      case inserted
      /// Before the line, at least one is missing.
      case removed
    }

    /// What was done.
    public let kind: Kind
    /// The number of the line: of the one that was changed or inserted, or of the first one after
    /// those that are missing.
    public let sequence: Int64
    /// The record that the line tells of.
    public let record: RecordID
  }

  /// The lines of the log.
  public internal(set) var lineCount = 0
  /// The hash of the last line; ``ChainHash/start`` where there is none. Kept elsewhere, it shows
  /// later whether the log's end was cut off.
  public internal(set) var head = ChainHash.start
  /// The first line that is not as it was written; nil where the log is whole.
  public internal(set) var firstBreak: Break?
  /// Whether the head that was expected is in the log; nil where none was.
  public internal(set) var holdsExpectedHead: Bool?
  /// The records that were compared with their newest lines.
  public internal(set) var recordCount = 0
  /// Those of them whose newest line is from before lines told what records are.
  public internal(set) var unknownCount = 0
  /// The records that differ from what their newest lines say, or of which there is no line that
  /// says that they are there.
  public internal(set) var differing: [RecordID] = []
  /// The records that are gone, and no line says so.
  public internal(set) var missing: [RecordID] = []
  /// The records that can't be read any more.
  public internal(set) var damaged: [RecordID] = []

  /// Whether nothing was found.
  public var isWhole: Bool {
    firstBreak == nil && holdsExpectedHead != false && differing.isEmpty && missing.isEmpty
      && damaged.isEmpty
  }
}
