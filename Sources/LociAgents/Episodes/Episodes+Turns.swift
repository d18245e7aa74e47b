import Foundation
public import LociCore
import LociMemory

extension Episodes {
  /// So many records are changed in one transaction at most: it holds the store's lock, and others
  /// want to write.
  static var recordsATransaction: Int { 64 }

  /// Adds what was said to an episode that goes on: all of it in one transaction, with the
  /// episode's counts.
  ///
  /// Each turn is in a segment; a new one begins where ``EpisodeRules`` say. Of a turn that can't
  /// be embedded, only the pause before it is known.
  ///
  /// ```swift
  /// try await ada.episodes.add(
  ///   [NewTurn("Shall we take the train?", by: "alice"), NewTurn("Yes, the early one.")],
  ///   to: id)
  /// ```
  /// - Parameters:
  ///   - turns: What was said, in order; at most 1000. A turn whose id is there already is passed
  ///     over, and the next one follows it.
  ///   - id: The episode.
  /// - Returns: The turns that were added, with their segments, and the episode as it is now.
  /// - Throws: ``LociError/Code/notFound`` where there is no such episode;
  ///   ``LociError/Code/conflict`` where it has ended and there is something to add; else as
  ///   ``MemoryNamespace``. Then nothing was added, unless the error says that it is stored.
  @discardableResult
  public func add(_ turns: [NewTurn], to id: RecordID) async throws -> AddedTurns {
    guard turns.count <= Self.mostTurns else {
      throw LociError(
        .invalidArgument, "\(turns.count) turns are too many for one call.",
        remedy: "Give at most \(Self.mostTurns), or add(from:to:) any number.")
    }
    return try await add(turns, to: id, after: nil).added
  }

  static var mostTurns: Int { 1000 }

  /// Adds turns after a turn that stands before them where they come from; nil is the one that was
  /// added last.
  func add(
    _ turns: [NewTurn], to id: RecordID, after previous: Record?
  ) async throws -> (added: AddedTurns, last: Record?) {
    try await memories.whileOthersWrite(id, missing: Self.noEpisode(id)) { old, now in
      guard let episode = Episode(old) else { throw Self.noEpisode(id) }
      let known = try await memories.memory.records.get(
        turns.compactMap(\.id), namespace: memories.namespace
      ).filter { $0.whole == id }.keyed(by: \.id)
      var last = previous
      if last == nil, let lastTurn = episode.lastTurn { last = try await memories.get(lastTurn) }
      let (records, segmentCount, end) = try await placed(turns, known, in: episode, after: last)
      guard let newest = records.last else {
        let added = AddedTurns(
          episode: episode, turns: [], unchangedCount: turns.count, pendingCount: 0)
        return (added, end)
      }
      try Self.require(episode, .active)
      var patch = RecordPatch()
      patch.metadata = [
        EpisodeKey.turnCount: .count(episode.turnCount + records.count),
        EpisodeKey.segmentCount: .count(segmentCount), EpisodeKey.touched: .time(now),
        EpisodeKey.lastTurn: .string(newest.id.text),
      ]
      let answers = try await memories.change(
        [.patch(id, patch)] + records.map(RecordChange.insert), actor: author?.id,
        requiring: [.unchanged(old)])
      guard let stored = answers.first??.record, let changed = Episode(stored) else {
        throw LociError(.io, "The store returned no record for an episode that it stored.")
      }
      let new = answers.dropFirst().compactMap(\.self)
      let added = AddedTurns(
        episode: changed, turns: new.compactMap { EpisodeTurn($0.record) },
        unchangedCount: turns.count - records.count,
        pendingCount: new.count { if case .pending = $0.projection { true } else { false } })
      return (added, end)
    }
  }

  /// The records of the turns that are not there, each with its place and its segment; how many
  /// segments there are then; and the record of the last turn.
  private func placed(
    _ turns: [NewTurn], _ known: [RecordID: Record], in episode: Episode, after last: Record?
  ) async throws -> (records: [Record], segmentCount: Int, last: Record?) {
    var walk = SegmentWalk(
      rules, count: episode.segmentCount, segment: last.flatMap(EpisodeTurn.init)?.segment ?? 0,
      after: try await last.asyncMap { try await seen($0.text, $0.occurredAt) })
    var (records, seenIDs, end) = ([Record](), Set<RecordID>(), last)
    for turn in turns {
      let seen = try await seen(turn.text, turn.time)
      if let there = turn.id.flatMap({ known[$0] }) {
        walk.pass(seen, in: EpisodeTurn(there)?.segment ?? 1)
        end = there
        continue
      }
      if let id = turn.id, !seenIDs.insert(id).inserted { continue }
      var new = NewMemory(
        turn.text, id: turn.id, collection: .episodes, importance: turn.importance,
        metadata: turn.metadata, author: turn.speaker)
      new.metadata[EpisodeKey.segment] = .count(walk.next(seen))
      new.whole = episode.id
      new.position = episode.turnCount + records.count
      new.occurredAt = turn.time
      let record = try memories.record(for: new)
      records.append(record)
      end = record
    }
    return (records, walk.count, end)
  }

  /// What is known of a turn. Where it can't be embedded, its meaning is not.
  private func seen(_ text: String, _ time: Date?) async throws -> SegmentWalk.Turn {
    guard rules.leastSimilarity != nil else { return SegmentWalk.Turn(time: time) }
    do {
      let embedder = try await memories.memory.embedder
      guard try embedder.canRead(text) else { return SegmentWalk.Turn(time: time) }
      // Alone, so that the embedder's cache has it when the record is embedded.
      let vector = try await embedder.embed(text, as: .passage).vector
      return SegmentWalk.Turn(time: time, vector: vector)
    } catch let error as CancellationError {
      throw error
    } catch {
      return SegmentWalk.Turn(time: time)
    }
  }

  // MARK: Reading

  /// A page of an episode's turns, in their order.
  ///
  /// ```swift
  /// for turn in try await ada.episodes.turns(of: id) { print(turn.speaker ?? "", turn.text) }
  /// ```
  /// - Parameters:
  ///   - id: The episode.
  ///   - position: Only turns after this place; nil begins with the first one.
  ///   - limit: The most turns.
  /// - Complexity: O(turns of the episode).
  public func turns(
    of id: RecordID, after position: Int? = nil, limit: Int = 1000
  ) async throws -> [EpisodeTurn] {
    var filter = Filter.turns(of: id, [.active, .archived])
    if let position {
      guard position < Int.max else { return [] }
      filter.positions = (position + 1)...Int.max
    }
    return try await memories.list(
      where: filter, orderedBy: .asSaid, limit: limit
    ).compactMap(EpisodeTurn.init)
  }
}

extension Optional {
  fileprivate func asyncMap<Value>(
    _ transform: (Wrapped) async throws -> Value
  ) async rethrows -> Value? {
    guard let self else { return nil }
    return try await transform(self)
  }
}
