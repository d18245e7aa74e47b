package import Foundation
package import LociAgents
package import LociCore
package import LociMemory

/// Begins an episode.
package struct BeginEpisodeOperation: NamespaceOperation {
  package static let name = "episode_begin"
  package static let summary = "begin an episode: something that happens, from beginning to end"
  package static let access = StoreAccess.writing

  /// What it is about.
  package var text = ""
  /// The id; nil makes a new one.
  package var id: RecordID?
  /// How much it matters.
  package var importance = 3
  /// How sure it is.
  package var confidence = 1.0
  /// The conversation that it comes from.
  package var session: String?
  /// When it began; nil is now.
  package var time: Date?
  /// What else is said about it.
  package var metadata = WireMetadata([:])

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("text", \.text, "What it is about.", isRequired: true),
    Parameter("id", \.id, "The episode's id; by default a new one."),
    Parameter("importance", \.importance, "How much it matters.", kind: .integer(1...5)),
    Parameter("confidence", \.confidence, "How sure it is.", kind: .number(0...1)),
    Parameter(
      "session", \.session, "The conversation that it comes from.", kind: .text("NAME")),
    Parameter("time", \.time, "When it began; by default now."),
    Parameter("metadata", \.metadata, "What is said about it, by key."),
  ]

  package func run(in namespace: MemoryNamespace) async throws -> EpisodeState {
    let episode = try await namespace.episodes(EpisodeRules()).begin(
      text, id: id, importance: importance, confidence: confidence, session: session, at: time,
      metadata: metadata.values)
    return EpisodeState(episode, in: namespace)
  }
}

/// Adds what was said to an episode.
package struct AddTurnOperation: NamespaceOperation {
  package static let name = "episode_add"
  package static let summary = "add what was said or done to an episode that goes on"
  package static let access = StoreAccess.writing

  /// Which episode; nil until it is given.
  package var id: RecordID?
  /// What was said.
  package var line = TurnLine()
  /// When a new segment begins, as the one who offers the operation has configured it.
  package var rules = EpisodeRules()

  package init() {}

  package static let parameters: [Parameter<Self>] =
    [Parameter("id", \.id, "The episode's id.", isRequired: true)]
    + TurnLine.parameters.map { $0.lifted(to: \.line) }

  package func run(in namespace: MemoryNamespace) async throws -> AddedTurnsAnswer {
    let added = try await namespace.episodes(rules).add([line.turn], to: Self.required(id))
    return AddedTurnsAnswer(added: added, now: namespace.memory.surroundings.now())
  }
}

/// Shows an episode and what was said.
package struct ShowEpisodeOperation: NamespaceOperation {
  package static let name = "episode_show"
  package static let summary = "show an episode and what was said in it"
  package static let access = StoreAccess.reading

  /// Which episode; nil until it is given.
  package var id: RecordID?
  /// The place to go on after.
  package var after: Int?
  /// The most turns.
  package var limit = 1000

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("id", \.id, "The episode's id.", isRequired: true),
    Parameter("after", \.after, "Only turns after this place.", kind: .integer(0...Int.max)),
    Parameter(
      "limit", \.limit, "The most turns; 1000 by default.", kind: .integer(1...1_000_000)),
  ]

  package func run(in namespace: MemoryNamespace) async throws -> EpisodeAnswer {
    let id = try Self.required(id)
    let episodes = namespace.episodes(EpisodeRules())
    guard let episode = try await episodes.get(id) else { throw Episodes.noEpisode(id) }
    return EpisodeAnswer(
      episode: episode, turns: try await episodes.turns(of: id, after: after, limit: limit),
      now: namespace.memory.surroundings.now(), limit: limit)
  }
}

/// Lists episodes, the newest first.
package struct ListEpisodesOperation: NamespaceOperation {
  package static let name = "episode_list"
  package static let summary = "list episodes, the newest first"
  package static let access = StoreAccess.reading

  /// Only these; nil is all that are not archived.
  package var status: Episode.Status?
  /// The most episodes.
  package var limit = 100
  /// Where to go on.
  package var after: RecordID?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("status", \.status, "Only these; by default all that are not archived."),
    Parameter(
      "limit", \.limit, "The most episodes; 100 by default.", kind: .integer(1...1_000_000)),
    Parameter("after", \.after, "Go on after this id."),
  ]

  package func run(in namespace: MemoryNamespace) async throws -> EpisodeListAnswer {
    let episodes = namespace.episodes(EpisodeRules())
    var cursor: Episode?
    if let after {
      cursor = try await episodes.get(after)
      guard cursor != nil else { throw Episodes.noEpisode(after) }
    }
    return EpisodeListAnswer(
      try await episodes.list(status, after: cursor, limit: limit), limit: limit,
      now: namespace.memory.surroundings.now())
  }
}

/// Ends an episode.
package struct CloseEpisodeOperation: NamespaceOperation {
  package static let name = "episode_close"
  package static let summary = "say that an episode has ended, and what came of it"
  package static let access = StoreAccess.writing

  /// Which episode; nil until it is given.
  package var id: RecordID?
  /// How it ended.
  package var status = EpisodeEnd.completed
  /// What came of it.
  package var outcome: String?
  /// What it was about, where that is known better by now.
  package var text: String?
  /// How much it matters, where that is known better by now.
  package var importance: Int?
  /// When it ended; nil is now.
  package var time: Date?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("id", \.id, "The episode's id.", isRequired: true),
    Parameter("status", \.status, "How it ended."),
    Parameter("outcome", \.outcome, "What came of it."),
    Parameter("text", \.text, "What it was about, in the place of what it was begun with."),
    Parameter("importance", \.importance, "How much it matters.", kind: .integer(1...5)),
    Parameter("time", \.time, "When it ended; by default now."),
  ]

  package func run(in namespace: MemoryNamespace) async throws -> EpisodeState {
    let episode = try await namespace.episodes(EpisodeRules()).close(
      Self.required(id), as: status.status, outcome: outcome, description: text,
      importance: importance, at: time)
    return EpisodeState(episode, in: namespace)
  }
}

/// How an episode can end.
package enum EpisodeEnd: String, ChoiceValue {
  case completed
  case failed
  case cancelled

  var status: Episode.Status {
    switch self {
    case .completed: .completed
    case .failed: .failed
    case .cancelled: .cancelled
    }
  }
}

/// Opens an episode again.
package struct ReopenEpisodeOperation: NamespaceOperation {
  package static let name = "episode_reopen"
  package static let summary = "open an episode again that has ended or was archived"
  package static let access = StoreAccess.writing

  /// Which episode; nil until it is given.
  package var id: RecordID?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("id", \.id, "The episode's id.", isRequired: true)
  ]

  package func run(in namespace: MemoryNamespace) async throws -> EpisodeState {
    let episode = try await namespace.episodes(EpisodeRules()).reopen(Self.required(id))
    return EpisodeState(episode, in: namespace)
  }
}

/// Erases an episode and what was said in it.
package struct ForgetEpisodeOperation: NamespaceOperation {
  package static let name = "episode_forget"
  package static let summary = "erase an episode and what was said in it"
  package static let access = StoreAccess.writing

  /// Which episode; nil until it is given.
  package var id: RecordID?

  package init() {}

  package static let parameters: [Parameter<Self>] = [
    Parameter("id", \.id, "The episode's id.", isRequired: true)
  ]

  package func run(in namespace: MemoryNamespace) async throws -> ForgetAnswer {
    ForgetAnswer(
      recordCount: try await namespace.episodes(EpisodeRules()).forget(Self.required(id)))
  }
}

extension Episode.Status: ChoiceValue {}

extension MemoryNamespace {
  /// The episodes as an operation works with them: the bot's whose namespace it is, and what can't
  /// be embedded is told and no error.
  func episodes(_ rules: EpisodeRules) -> Episodes {
    var episodes = Bot(of: self)?.episodes ?? self.episodes
    episodes.memories.allowsPending = true
    episodes.rules = rules
    return episodes
  }
}
