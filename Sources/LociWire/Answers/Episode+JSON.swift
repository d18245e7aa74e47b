package import Foundation
package import LociAgents
package import LociCore
package import LociJSON
import LociMemory

extension Episode {
  /// The episode as JSON, as it is at a time.
  package func json(at now: Date) -> JSON {
    [
      "id": .string(id.text), "description": .string(description),
      "status": .string(status.rawValue), "outcome": JSON(outcome, JSON.string),
      "importance": .integer(importance), "confidence": .number(record.confidence),
      "began_at": .string(WireFormat.time(beganAt)),
      "ended_at": JSON(endedAt.map(WireFormat.time), JSON.string),
      "last_used_at": .string(WireFormat.time(lastUsedAt)),
      "decay": .number(decay(at: now)),
      "turns": .integer(turnCount), "segments": .integer(segmentCount),
      "record_status": .string(record.status.rawValue),
      "supersedes": .array(record.supersededIDs.map { .string($0.text) }),
      "superseded_by": .array(record.successorIDs.map { .string($0.text) }),
    ]
  }
}

extension EpisodeTurn {
  /// The turn as JSON.
  package var json: JSON {
    [
      "id": .string(id.text), "position": .integer(position), "segment": .integer(segment),
      "speaker": JSON(speaker, JSON.string), "text": .string(text),
      "time": JSON(time.map(WireFormat.time), JSON.string),
    ]
  }
}

/// An episode, and when it was read.
package struct EpisodeState: Sendable {
  /// The episode.
  package let episode: Episode
  private let now: Date

  init(_ episode: Episode, in namespace: MemoryNamespace) {
    (self.episode, now) = (episode, namespace.memory.surroundings.now())
  }

  /// The episode as JSON.
  package var json: JSON { episode.json(at: now) }
}

/// What became of turns.
package struct AddedTurnsAnswer: Sendable {
  /// The turns and their episode.
  package let added: AddedTurns
  let now: Date

  /// The turns and their episode as JSON.
  package var json: JSON {
    [
      "episode": added.episode.json(at: now), "turns": .array(added.turns.map(\.json)),
      "unchanged": .integer(added.unchangedCount), "pending": .integer(added.pendingCount),
    ]
  }
}

/// An episode with its turns.
package struct EpisodeAnswer: Sendable {
  /// The episode.
  package let episode: Episode
  /// A page of its turns.
  package let turns: [EpisodeTurn]
  /// When it was read.
  package let now: Date
  let limit: Int

  /// The place to go on after; nil where there is no more.
  package var next: Int? { turns.count == limit ? turns.last?.position : nil }

  /// Both as JSON.
  package var json: JSON {
    [
      "episode": episode.json(at: now), "turns": .array(turns.map(\.json)),
      "next": JSON(next, JSON.integer),
    ]
  }
}

/// A page of episodes.
package struct EpisodeListAnswer: Sendable {
  /// The episodes.
  package let episodes: [Episode]
  /// When they were read.
  package let now: Date
  /// The last id of a full page, after which there may be more.
  package let next: RecordID?

  init(_ episodes: [Episode], limit: Int, now: Date) {
    (self.episodes, self.now) = (episodes, now)
    next = episodes.count == limit ? episodes.last?.id : nil
  }

  /// The page as JSON.
  package var json: JSON {
    [
      "episodes": .array(episodes.map { $0.json(at: now) }), "next": JSON(next?.text, JSON.string),
    ]
  }
}

/// What became of a conversation.
package struct ConversationAnswer: Sendable {
  /// The turns that were taken in.
  package let report: ConversationReport
  /// The lines that could not be used.
  package let rejectedCount: Int
  /// When it was done.
  package let now: Date

  /// Whether every line was taken in, and embedded.
  package var isComplete: Bool { rejectedCount == 0 && report.pendingCount == 0 }

  /// The answer as JSON.
  package var json: JSON {
    [
      "episode": JSON(report.episode) { $0.json(at: now) },
      "added": .integer(report.addedCount), "unchanged": .integer(report.unchangedCount),
      "pending": .integer(report.pendingCount), "rejected": .integer(rejectedCount),
    ]
  }
}
