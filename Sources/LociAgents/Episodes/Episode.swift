public import Foundation
public import LociCore
import LociMemory

/// Something that happened, from beginning to end: a conversation, a task, a meeting.
///
/// It is a record of the category `episode` whose text is its description; what was said is records
/// whose ``Record/whole`` it is. So an episode is found, exported, audited, shared and forgotten
/// like any other record.
///
/// ```swift
/// let episode = try await ada.episodes.begin("Planning the journey to Porto")
/// try await ada.episodes.add([NewTurn("Shall we take the train?", by: "alice")], to: episode.id)
/// try await ada.episodes.close(episode.id, as: .completed, outcome: "They take the train.")
/// ```
public struct Episode: Identifiable, Hashable, Sendable {
  /// Where an episode is in its life.
  public enum Status: String, Hashable, Sendable, Codable, CaseIterable {
    /// It goes on; turns may be added.
    case active
    /// It ended as it should.
    case completed
    /// It ended, and not as it should.
    case failed
    /// It was given up.
    case cancelled
    /// It is put away by age, and not recalled.
    case archived
  }

  /// The record that it is.
  public let record: Record

  /// The episode that a record is; nil for a record of another category, or a part of a whole.
  public init?(_ record: Record) {
    guard record.category == .episode, record.whole == nil, record.collection != .shared else {
      return nil
    }
    self.record = record
  }

  /// The record's id.
  public var id: RecordID { record.id }
  /// What it is about.
  public var description: String { record.text }
  /// How much it matters, 1…5.
  public var importance: Int { record.importance }
  /// When it began.
  public var beganAt: Date { record.occurredAt ?? record.createdAt }
  /// When it ended; nil where it goes on, or nobody said.
  public var endedAt: Date? { record.metadata.time(EpisodeKey.ended) }
  /// What came of it; nil where nobody said.
  public var outcome: String? { record.metadata.string(EpisodeKey.outcome) }
  /// How many turns were added.
  public var turnCount: Int { record.metadata.count(EpisodeKey.turnCount) }
  /// How many segments the turns are in.
  public var segmentCount: Int { record.metadata.count(EpisodeKey.segmentCount) }

  /// Where it is in its life. A record that was remembered with the category alone has ended.
  public var status: Status { record.status == .archived ? .archived : statusInLife }

  /// The same, whether it is archived or not.
  var statusInLife: Status {
    record.metadata.string(EpisodeKey.status).flatMap(Status.init(rawValue:)) ?? .completed
  }

  /// The id of the turn that was added last.
  var lastTurn: RecordID? {
    record.metadata.string(EpisodeKey.lastTurn).flatMap { try? RecordID($0) }
  }

  /// When it was last used: added to, opened, closed or recalled, by this machine's clock. When its
  /// turns say that they were said counts for nothing, so that what is brought in late is not old.
  public var lastUsedAt: Date {
    [record.createdAt, record.metadata.time(EpisodeKey.touched), record.lastAccessedAt]
      .compactMap(\.self).max() ?? record.createdAt
  }
}

/// The names of what is noted of an episode and its turns in their metadata. Times are milliseconds
/// since 1970, UTC.
enum EpisodeKey {
  static let status = "episode_status"
  static let outcome = "outcome"
  static let ended = "ended_milliseconds"
  static let touched = "touched_milliseconds"
  static let turnCount = "turn_count"
  static let segmentCount = "segment_count"
  static let lastTurn = "last_turn"
  static let session = "session"
  /// What is left of it; see ``EpisodeDecay``.
  static let decay = "decay"
  /// Of a turn: its segment, from 1.
  static let segment = "segment"
}

extension Filter {
  /// Episodes, of some statuses of records.
  static func episodes(_ statuses: Set<Record.Status>?) -> Filter {
    Filter(collections: [.episodes, .memories], statuses: statuses, categories: [.episode])
  }

  /// The turns of an episode, of some statuses of records.
  static func turns(of episode: RecordID, _ statuses: Set<Record.Status>?) -> Filter {
    var filter = Filter(collections: [.episodes], statuses: statuses)
    filter.whole = episode
    // Every turn has one. With it, and in the order of positions, stores go by their index.
    filter.positions = 0...Int.max
    return filter
  }
}

extension RecordOrder {
  /// Turns as they were said.
  static let asSaid = RecordOrder(by: .position)
}

extension Metadata {
  func string(_ key: String) -> String? {
    if case .string(let text)? = value(ofExactly: key) { text } else { nil }
  }

  func number(_ key: String) -> Double? {
    if case .number(let number)? = value(ofExactly: key) { number } else { nil }
  }

  func count(_ key: String) -> Int {
    number(key).flatMap { Int(exactly: $0) }.map { Swift.max(0, $0) } ?? 0
  }

  func time(_ key: String) -> Date? {
    number(key).flatMap { Int64(exactly: $0) }.map(Date.init(millisecondsSince1970:))
  }
}

extension MetadataValue {
  static func time(_ date: Date) -> MetadataValue {
    .number(Double(date.millisecondsSince1970))
  }

  static func count(_ count: Int) -> MetadataValue { .number(Double(count)) }
}
