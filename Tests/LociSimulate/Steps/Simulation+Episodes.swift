import Foundation
import LociAgents
import LociCore
import LociSimulation

extension Simulation {
  /// Some things that happen in episodes, one after the other.
  mutating func tellSome() async throws {
    for _ in 0..<Int.random(in: 1...5, using: &generator) where disk.crashCount == life {
      try await tell()
    }
  }

  /// One thing that happens in an episode, and what must be so afterwards: nothing else changed,
  /// and every episode has its turns, each in a place of its own.
  private mutating func tell() async throws {
    let namespace = namespaces[Int.random(in: 0..<2, using: &generator)]
    var episodes = memory[namespace].episodes
    episodes.memories.allowsPending = true
    let before = try await everything()
    let known = before.values.filter { $0.namespace == namespace }.compactMap(Episode.init)
      .map(\.id).sorted().randomElement(using: &generator)
    let text = Vocabulary.text(1...4, using: &generator)
    let suffix = String(UInt32.random(in: 0 ... .max, using: &generator), radix: 16)
    // Few, so that some are said twice.
    let description = Vocabulary.words.prefix(3).randomElement(using: &generator) ?? ""
    let count = Int.random(in: 1...4, using: &generator)
    let ends: [Episode.Status] = [.completed, .completed, .failed, .cancelled]
    let end = ends.randomElement(using: &generator) ?? .completed
    let choice = Int.random(in: 0..<10, using: &generator)
    var added = 0
    do {
      switch (choice, known) {
      case (3..<6, let id?):
        journal.note("tell \(namespace)/\(id) \(count) turns")
        let turns = try (0..<count).map {
          NewTurn("\(text) \($0)", by: "a", at: clock.now, id: try RecordID("t\(suffix)-\($0)"))
        }
        added = try await episodes.add(turns, to: id).turns.count
      case (6..<9, let id?):
        journal.note("close \(namespace)/\(id) as \(end)")
        try await episodes.close(id, as: end, outcome: text)
      case (9, let id?) where text.utf8.count.isMultiple(of: 2):
        journal.note("forget episode \(namespace)/\(id)")
        try await episodes.forget(id)
      case (9, let id?):
        journal.note("reopen \(namespace)/\(id)")
        try await episodes.reopen(id)
      default:
        journal.note("begin e\(suffix) in \(namespace)")
        try await episodes.begin(description, id: try RecordID("e\(suffix)"))
      }
      journal.note("  ok")
    } catch let error as LociError {
      journal.note("  \(error.code)")
      guard !scenario.isCalm || [.conflict, .notFound].contains(error.code) else {
        throw Violation("an episode failed without a fault: \(error)")
      }
    }
    let after = try await everything()
    if added > 0, after.count < before.count + added {
      throw Violation("\(added) turns were added, and are not there")
    }
    try await take(before, after)
    try Self.checkEpisodes(after)
  }

  /// Days pass, and upkeep is done: nothing but episodes changes, and what it says is so.
  mutating func keepUp() async throws {
    let days = Int64.random(in: 0...150, using: &generator)
    clock.advance(milliseconds: max(60_000, days * 86_400_000))
    let steps: Set<UpkeepStep> = [.retention, .archive, .decay, .consolidation, .embedding]
    let isDryRun = generator.happens(0.2)
    journal.note("upkeep after \(days) days\(isDryRun ? ", dry" : "")")
    let before = try await everything()
    let memory = memory
    let report = try await attempt {
      try await memory.upkeep(UpkeepRules(steps: steps), isDryRun: isDryRun)
    }
    let after = try await everything()
    if isDryRun, before != after { throw Violation("a dry run changed records") }
    for (name, record) in before where record.collection != .episodes && after[name] != record {
      throw Violation("upkeep changed \(name), which is no episode")
    }
    try await take(before, after)
    try Self.checkEpisodes(after)
    guard let report, !isDryRun else { return }
    journal.note(
      "  " + report.steps.map { "\($0.step) \($0.changedCount)" }.joined(separator: ", "))
    guard scenario.isCalm || report.isComplete else { return }
    guard report.isComplete else { throw Violation("upkeep failed without a fault: \(report)") }
    for episode in after.values.compactMap(Episode.init) {
      if episode.record.status == .archived,
        let turn = after.values.first(where: { $0.whole == episode.id && $0.status == .active })
      {
        throw Violation("\(turn.id) is active, and its episode is archived")
      }
    }
  }

  /// Every record, as if none had been recalled: that may be counted at any moment.
  func everything() async throws -> [Name: Record] {
    var all: [Name: Record] = [:]
    for namespace in namespaces {
      let found = try await calmly {
        try await records().list(
          in: namespace, where: Filter(statuses: nil), after: nil, limit: 100_000)
      }
      for var record in found {
        (record.accessCount, record.lastAccessedAt) = (0, nil)
        all[Name(namespace: namespace, id: record.id)] = record
      }
    }
    return all
  }

  /// Takes what became of episodes for what they are; nothing else may have changed.
  private mutating func take(_ before: [Name: Record], _ after: [Name: Record]) async throws {
    for name in Set(before.keys).union(after.keys).sorted() where before[name] != after[name] {
      guard (before[name] ?? after[name])?.collection == .episodes else {
        throw Violation("\(name) changed with an episode, and is none")
      }
      let facts = try await calmly {
        try await self.facts(of: [after[name]].compactMap(\.self), in: name.namespace)
      }
      model.set(name, to: facts[name])
      model.embedded.remove(name)
    }
  }

  /// Each episode has as many turns as it says, in places of their own and in segments that go up;
  /// no turn is without its episode; and what is superseded names what took its place.
  private static func checkEpisodes(_ all: [Name: Record]) throws {
    let turns = Dictionary(
      grouping: all.values.filter { $0.collection == .episodes && $0.whole != nil }
    ) { Name(namespace: $0.namespace, id: $0.whole ?? $0.id) }
    for (name, turns) in turns {
      guard let episode = all[name].flatMap(Episode.init) else {
        throw Violation("\(turns.count) turns are left of \(name)")
      }
      let sorted = turns.compactMap(EpisodeTurn.init).sorted { $0.position < $1.position }
      guard sorted.map(\.position) == Array(0..<episode.turnCount) else {
        throw Violation("\(name) has turns at \(sorted.map(\.position)), not \(episode.turnCount)")
      }
      let segments = sorted.map(\.segment)
      guard segments == segments.sorted(), segments.last == episode.segmentCount,
        Set(segments).count == episode.segmentCount
      else { throw Violation("\(name) has the segments \(segments)") }
    }
    for record in all.values where record.status == .superseded {
      for id in record.successorIDs {
        let name = Name(namespace: record.namespace, id: id)
        if let other = all[name], !other.supersededIDs.contains(record.id) {
          throw Violation("\(record.id) names \(id) as its successor, which does not know it")
        }
      }
    }
  }
}
