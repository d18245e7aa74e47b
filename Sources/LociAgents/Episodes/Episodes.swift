public import Foundation
public import LociCore
public import LociMemory

/// The episodes of a namespace.
///
/// ```swift
/// let episode = try await ada.episodes.begin("Planning the journey to Porto", importance: 4)
/// for episode in try await ada.episodes.list(.active) { print(episode.id, episode.description) }
/// ```
public struct Episodes: Sendable {
  /// Where they are.
  public var memories: MemoryNamespace
  /// When a new segment begins.
  public var rules: EpisodeRules
  /// Who is named as author and in the audit log.
  let author: (id: String, name: String)?

  init(
    of memories: MemoryNamespace, _ rules: EpisodeRules = EpisodeRules(),
    author: (id: String, name: String)? = nil
  ) {
    (self.memories, self.rules, self.author) = (memories, rules, author)
  }

  /// Begins an episode.
  ///
  /// ```swift
  /// let episode = try await ada.episodes.begin("Planning the journey to Porto", session: "monday")
  /// ```
  /// - Parameters:
  ///   - description: What it is about; not blank.
  ///   - id: The record's id; nil makes a new one.
  ///   - importance: How much it matters, 1…5.
  ///   - confidence: How sure it is, 0…1.
  ///   - session: The conversation that it comes from; the metadata have it as `session`.
  ///   - time: When it began; nil is now.
  ///   - metadata: What else is said about it.
  /// - Throws: ``LociError/Code/invalidArgument`` for a blank description or a value outside its
  ///   range; ``LociError/Code/conflict`` where a record has the id; else as ``MemoryNamespace``.
  @discardableResult
  public func begin(
    _ description: String, id: RecordID? = nil, importance: Int = 3, confidence: Double = 1,
    session: String? = nil, at time: Date? = nil, metadata: Metadata = [:]
  ) async throws -> Episode {
    let now = memories.memory.surroundings.now()
    var new = NewMemory(
      description, id: id, collection: .episodes, category: .episode, importance: importance,
      confidence: confidence, metadata: metadata, author: author?.id)
    new.authorName = author?.name
    new.occurredAt = time ?? now
    if let session { new.metadata[EpisodeKey.session] = .string(session) }
    new.metadata[EpisodeKey.status] = .string(Episode.Status.active.rawValue)
    new.metadata[EpisodeKey.touched] = .time(now)
    let stored = try await memories.change(
      [.insert(try memories.record(for: new))], actor: author?.id)
    guard let record = stored.first??.record, let episode = Episode(record) else {
      throw LociError(.io, "The store returned no record for an episode that it stored.")
    }
    return episode
  }

  /// An episode; nil where there is no such record, or it is no episode.
  ///
  /// ```swift
  /// print(try await ada.episodes.get(id)?.outcome ?? "open")
  /// ```
  public func get(_ id: RecordID) async throws -> Episode? {
    try await memories.get(id).flatMap(Episode.init)
  }

  /// A page of the episodes, the newest first.
  ///
  /// ```swift
  /// let failed = try await ada.episodes.list(.failed, limit: 20)
  /// ```
  /// - Parameters:
  ///   - status: Only these; nil is all but those that are archived.
  ///   - cursor: The last episode of the page before; nil for the first page.
  ///   - limit: The most episodes.
  public func list(
    _ status: Episode.Status? = nil, after cursor: Episode? = nil, limit: Int = 100
  ) async throws -> [Episode] {
    var filter = Filter.episodes(status == .archived ? [.archived] : [.active])
    if let status, status != .archived {
      // One without a status has ended, as `Episode` says.
      filter.metadata =
        status == .completed
        ? [.active, .failed, .cancelled].map {
          MetadataCondition(EpisodeKey.status, .notEqual, .string(($0 as Episode.Status).rawValue))
        } : [MetadataCondition(EpisodeKey.status, .equal, .string(status.rawValue))]
    }
    let order = RecordOrder.newestFirst
    return try await memories.list(
      where: filter, orderedBy: order,
      after: cursor.map { RecordCursor(after: $0.record, in: order) }, limit: limit
    ).compactMap(Episode.init)
  }

  /// Ends an episode that goes on.
  ///
  /// ```swift
  /// try await ada.episodes.close(id, as: .completed, outcome: "They take the train.")
  /// ```
  /// - Parameters:
  ///   - id: Which one.
  ///   - status: How it ended: completed, failed or cancelled.
  ///   - outcome: What came of it.
  ///   - description: What it was about, where that is known better by now; it is embedded anew.
  ///   - importance: How much it matters, where that is known better by now.
  ///   - time: When it ended; nil is now.
  /// - Throws: ``LociError/Code/notFound`` where there is no such episode,
  ///   ``LociError/Code/conflict`` where it has ended, ``LociError/Code/invalidArgument`` for a
  ///   status that is no end.
  @discardableResult
  public func close(
    _ id: RecordID, as status: Episode.Status = .completed, outcome: String? = nil,
    description: String? = nil, importance: Int? = nil, at time: Date? = nil
  ) async throws -> Episode {
    guard status != .active, status != .archived else {
      throw LociError(
        .invalidArgument, "An episode can't end as \(status.rawValue).",
        remedy: "Give completed, failed or cancelled.")
    }
    return try await change(id) { episode, now in
      try Self.require(episode, .active)
      var patch = RecordPatch()
      patch.text = description
      patch.importance = importance
      patch.metadata[EpisodeKey.status] = .string(status.rawValue)
      patch.metadata[EpisodeKey.ended] = .time(time ?? now)
      patch.metadata[EpisodeKey.outcome] = outcome.map(MetadataValue.string)
      return patch
    }
  }

  /// Opens an episode again that has ended or was archived, so that turns may be added.
  ///
  /// ```swift
  /// try await ada.episodes.reopen(id)
  /// ```
  /// - Throws: ``LociError/Code/notFound`` where there is no such episode,
  ///   ``LociError/Code/conflict`` where it goes on, or was superseded, invalidated or forgotten.
  @discardableResult
  public func reopen(_ id: RecordID) async throws -> Episode {
    let episode = try await required(id)
    guard episode.status != .active, [.active, .archived].contains(episode.record.status) else {
      throw Self.conflict(episode, "it can't be opened")
    }
    // Its turns first: a run that is cut off can be started again.
    try await setStatus(ofTurns: id, from: .archived, to: .active, as: .restore)
    return try await change(id) { episode, _ in
      guard episode.status != .active, [.active, .archived].contains(episode.record.status) else {
        throw Self.conflict(episode, "it can't be opened")
      }
      var patch = RecordPatch()
      patch.action = .restore
      patch.status = .active
      patch.metadata[EpisodeKey.status] = .string(Episode.Status.active.rawValue)
      patch.removedMetadata = [EpisodeKey.ended, EpisodeKey.decay]
      return patch
    }
  }

  // MARK: Changing one

  /// Changes an episode as it is; again where somebody else changed it meanwhile.
  private func change(
    _ id: RecordID, _ patch: (Episode, _ now: Date) throws -> RecordPatch
  ) async throws -> Episode {
    let record = try await memories.whileOthersWrite(id, missing: Self.noEpisode(id)) { old, now in
      guard let episode = Episode(old) else { throw Self.noEpisode(id) }
      var patch = try patch(episode, now)
      patch.metadata[EpisodeKey.touched] = .time(now)
      return try await memories.change(
        [.patch(id, patch)], actor: author?.id, requiring: [.unchanged(old)]
      ).first??.record
    }
    guard let episode = record.flatMap(Episode.init) else { throw Self.noEpisode(id) }
    return episode
  }

  func required(_ id: RecordID) async throws -> Episode {
    guard let episode = try await get(id) else { throw Self.noEpisode(id) }
    return episode
  }

  /// Throws where an episode is not in a state of its life.
  static func require(_ episode: Episode, _ status: Episode.Status) throws(LociError) {
    guard episode.status == status, episode.record.status == .active else {
      throw conflict(episode, "only one that is \(status.rawValue) can be changed so")
    }
  }

  static func conflict(_ episode: Episode, _ reason: String) -> LociError {
    let status =
      [.active, .archived].contains(episode.record.status)
      ? episode.status.rawValue : episode.record.status.rawValue
    return LociError(
      .conflict, "The episode is \(status): \(reason).",
      remedy: "`loci episode reopen` opens one that has ended.", detail: episode.id.text)
  }

  package static func noEpisode(_ id: RecordID) -> LociError {
    LociError(
      .notFound, "There is no episode of that id in its namespace.",
      remedy: "`loci episode list` shows those that are there.", detail: id.text)
  }
}

extension MemoryNamespace {
  /// The episodes of the namespace.
  ///
  /// ```swift
  /// let episode = try await ada.episodes.begin("Planning the journey to Porto")
  /// ```
  public var episodes: Episodes { Episodes(of: self) }
}

extension Bot {
  /// The bot's episodes; it is named as the author of each.
  ///
  /// ```swift
  /// try await bot.episodes.begin("Helping Alice with her taxes")
  /// ```
  public var episodes: Episodes { Episodes(of: memories, author: (id, name)) }
}
