public import LociCore

/// A record that may answer, with what the legs say of it.
public struct Candidate: Hashable, Sendable {
  /// The record, as it is now.
  public let record: Record
  /// What the legs say of it.
  public var evidence: Evidence

  /// Puts a record and its evidence together.
  public init(_ record: Record, _ evidence: Evidence) {
    self.record = record
    self.evidence = evidence
  }
}
