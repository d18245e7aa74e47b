public import Foundation
public import LociCore

/// Something that was said or done in an episode.
public struct NewTurn: Hashable, Sendable {
  /// The text; not blank.
  public var text: String
  /// Who said it.
  public var speaker: String?
  /// When it was said; nil where that is not known.
  public var time: Date?
  /// The record's id; nil makes a new one. A turn that is there already is not added again.
  public var id: RecordID?
  /// How much it matters, 1…5.
  public var importance: Int
  /// What else is said about it.
  public var metadata: Metadata

  /// Makes a turn.
  ///
  /// ```swift
  /// let turn = NewTurn("Shall we take the train?", by: "alice", at: lastMay)
  /// ```
  public init(
    _ text: String, by speaker: String? = nil, at time: Date? = nil, id: RecordID? = nil,
    importance: Int = 3, metadata: Metadata = [:]
  ) {
    self.text = text
    self.speaker = speaker
    self.time = time
    self.id = id
    self.importance = importance
    self.metadata = metadata
  }
}

/// Something that was said or done in an episode, as it is stored.
public struct EpisodeTurn: Identifiable, Hashable, Sendable {
  /// The record that it is: its text, its author and when it was said.
  public let record: Record

  /// The turn that a record is; nil for one that is no part of an episode.
  public init?(_ record: Record) {
    guard record.collection == .episodes, record.whole != nil else { return nil }
    self.record = record
  }

  /// The record's id.
  public var id: RecordID { record.id }
  /// What was said.
  public var text: String { record.text }
  /// Who said it.
  public var speaker: String? { record.author }
  /// When it was said; nil where that is not known.
  public var time: Date? { record.occurredAt }
  /// Its place in the episode, from 0.
  public var position: Int { record.position ?? 0 }
  /// Its segment, from 1.
  public var segment: Int { max(1, record.metadata.count(EpisodeKey.segment)) }
}

/// What became of turns.
public struct AddedTurns: Sendable {
  /// The episode as it is now.
  public let episode: Episode
  /// The turns that were added, in order.
  public let turns: [EpisodeTurn]
  /// The turns that were there already.
  public let unchangedCount: Int
  /// How many are found by words alone until a backfill, because they could not be embedded.
  public let pendingCount: Int
}
