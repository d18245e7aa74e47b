import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Episodes") struct EpisodeTests {
  private let minute = 60.0
  private let start = Date(millisecondsSince1970: 1_764_236_289_000)

  @Test(
    "An episode is begun, told, closed and opened again, and nothing else is possible",
    arguments: TestBackend.ofRecords)
  func life(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let episodes = try fixture.ada.episodes
    let begun = try await episodes.begin(
      "Planning the journey to Porto", importance: 4, session: "monday", at: start)
    #expect(begun.status == .active && begun.turnCount == 0 && begun.outcome == nil)
    #expect(begun.beganAt == start && begun.record.collection == .episodes)
    let added = try await episodes.add(
      [
        NewTurn("Shall we take the early train to Porto?", by: "alice", at: start),
        NewTurn("Shall we take the early train to Porto!", by: "bob", at: start + minute),
      ], to: begun.id)
    #expect(added.turns.map(\.position) == [0, 1] && added.turns.map(\.segment) == [1, 1])
    #expect(added.turns.map(\.speaker) == ["alice", "bob"] && added.episode.turnCount == 2)
    #expect(added.pendingCount == 0 && added.unchangedCount == 0)
    #expect(try await episodes.turns(of: begun.id) == added.turns)
    #expect(try await episodes.turns(of: begun.id, after: 0) == [added.turns[1]])

    let closed = try await episodes.close(
      begun.id, as: .failed, outcome: "No train goes.", importance: 5, at: start + 2 * minute)
    #expect(closed.status == .failed && closed.outcome == "No train goes.")
    #expect(closed.endedAt == start + 2 * minute && closed.importance == 5)
    for work in [
      { _ = try await episodes.close(begun.id) },
      { _ = try await episodes.add([NewTurn("More")], to: begun.id) },
    ] as [() async throws -> Void] {
      #expect(try await error(from: work).code == .conflict)
    }
    #expect(try await episodes.get(begun.id) == closed)
    let reopened = try await episodes.reopen(begun.id)
    #expect(reopened.status == .active && reopened.endedAt == nil && reopened.turnCount == 2)
    #expect(
      try await error { _ = try await episodes.reopen(begun.id) }.code == .conflict)
    #expect(
      try await error { _ = try await episodes.close(begun.id, as: .archived) }.code
        == .invalidArgument)
    let missing = try RecordID("missing")
    #expect(try await error { _ = try await episodes.close(missing) }.code == .notFound)
    #expect(
      try await error { _ = try await episodes.add([NewTurn("x")], to: missing) }.code == .notFound)
    let fact = try await fixture.ada.remember("Alice likes Porto").record
    #expect(try await error { _ = try await episodes.close(fact.id) }.code == .notFound)
    #expect(try await fixture.ada.verify().isWhole)
  }

  @Test(
    "A segment begins after a pause and where the meaning changes; clocks that go back make none",
    arguments: TestBackend.allCases)
  func segments(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    var episodes = try fixture.ada.episodes
    let id = try await episodes.begin("A day").id
    let said: [(String, Double?, Int)] = [
      ("alpha beta gamma delta", 0, 1), ("alpha beta gamma delta", 30, 1),
      ("alpha beta gamma delta", 60.1, 2), ("omega psi chi phi", 61, 3),
      ("omega psi chi phi", -500, 3), ("omega psi chi phi", 62, 4), ("omega psi chi phi", nil, 4),
      ("omega psi chi phi", 900, 4),
    ]
    // One by one and all at once come to the same.
    for (text, time, segment) in said.prefix(4) {
      let added = try await episodes.add(
        [NewTurn(text, at: time.map { start + $0 * minute })], to: id)
      #expect(added.turns.map(\.segment) == [segment], "\(time ?? 0)")
    }
    let rest = try await episodes.add(
      said.dropFirst(4).map { text, time, _ in
        NewTurn(text, at: time.map { start + $0 * minute })
      }, to: id)
    #expect(rest.turns.map(\.segment) == said.dropFirst(4).map(\.2))
    #expect(rest.episode.segmentCount == 4 && rest.episode.turnCount == 8)

    let other = try await episodes.begin("Another day").id
    episodes.rules = EpisodeRules(longestPause: nil, leastSimilarity: nil)
    let added = try await episodes.add(
      said.map { NewTurn($0.0, at: $0.1.map { start + $0 * minute }) }, to: other)
    #expect(added.turns.allSatisfy { $0.segment == 1 })
  }

  @Test("Without a model pauses still make segments, and what is told stays")
  func withoutModel() async throws {
    let fixture = try await AgentFixture(.sqlite)
    var episodes = try fixture.ada.episodes
    let id = try await episodes.begin("A day").id
    fixture.embedder.isBroken = true
    episodes.memories.allowsPending = true
    let added = try await episodes.add(
      [
        NewTurn("alpha", at: start), NewTurn("omega", at: start + minute),
        NewTurn("omega", at: start + 90 * minute),
      ], to: id)
    #expect(added.turns.map(\.segment) == [1, 1, 2] && added.pendingCount == 3)
  }

  @Test("Of many who tell at once, nothing is lost", arguments: TestBackend.ofRecords)
  func together(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let episodes = try fixture.ada.episodes
    let id = try await episodes.begin("A crowd").id
    try await withThrowingTaskGroup(of: Void.self) { group in
      for speaker in 0..<6 {
        group.addTask {
          for word in 0..<4 {
            try await episodes.add([NewTurn("said \(word)", by: "s\(speaker)")], to: id)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await episodes.get(id)?.turnCount == 24)
    #expect(try await episodes.turns(of: id).map(\.position) == Array(0..<24))
    #expect(try await fixture.ada.verify().isWhole)
  }

  @Test("Episodes are listed by status, the newest first", arguments: TestBackend.ofRecords)
  func list(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let episodes = try fixture.ada.episodes
    var ids: [RecordID] = []
    for number in 0..<4 { ids.append(try await episodes.begin("Episode \(number)").id) }
    try await episodes.close(ids[1])
    try await episodes.close(ids[2], as: .cancelled)
    try await episodes.add([NewTurn("something")], to: ids[0])
    let plain = try await fixture.ada.remember("It rained.", category: .episode).record
    func found(_ status: Episode.Status?) async throws -> Set<RecordID> {
      Set(try await episodes.list(status).map(\.id))
    }
    #expect(try await found(nil) == Set(ids + [plain.id]))
    #expect(try await found(.active) == [ids[0], ids[3]])
    #expect(try await found(.completed) == [ids[1], plain.id])
    #expect(try await found(.cancelled) == [ids[2]])
    #expect(try await found(.archived).isEmpty)
    let first = try await episodes.list(limit: 2)
    let second = try await episodes.list(after: first.last, limit: 10)
    #expect(Set((first + second).map(\.id)) == Set(ids + [plain.id]) && second.count == 3)
  }

  @Test(
    "Forgetting erases an episode with all that was said in it, and nothing else",
    arguments: TestBackend.allCases)
  func forget(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let (ada, episodes) = (try fixture.ada, try fixture.ada.episodes)
    let fact = try await ada.remember("alpha stays").record
    let id = try await episodes.begin("alpha").id
    let other = try await episodes.begin("alpha, too").id
    try await episodes.add((0..<130).map { NewTurn("alpha \($0)") }, to: id)
    try await episodes.add([NewTurn("alpha")], to: other)
    #expect(try await episodes.forget(id) == 131)
    #expect(try await ada.count(where: Filter(statuses: nil)) == 3)
    #expect(try await ada.get(fact.id) == fact)
    #expect(try await error { _ = try await episodes.forget(id) }.code == .notFound)
    // Erasing by the id takes what was said along, too.
    if backend != .simulated {
      #expect(try await ada.erase([other]).recordCount == 1)
      #expect(try await ada.count(where: Filter(statuses: nil)) == 1)
    }
    #expect(try await ada.verify().isWhole)
    #expect(try await fixture.memory.fsck(repairs: false).allSatisfy { $0.isClean })
  }

  @Test("A whole is recalled with what was said in it, and a bot is its author")
  func recall() async throws {
    let fixture = try await AgentFixture(.sqlite)
    let bot = try fixture.memory.bot("ada", displayName: "Ada")
    let episode = try await bot.episodes.begin("Planning the journey to Porto")
    #expect(episode.record.author == "ada" && episode.record.authorName == "Ada")
    try await bot.episodes.add([NewTurn("the early train is full", by: "alice")], to: episode.id)
    let hits = try await fixture.memory.recall(
      RecallQuery(
        "early train full", in: fixture.ada.namespace, unit: .whole, leastRelevance: 0)
    ).hits
    let turn = try #require(try await bot.episodes.turns(of: episode.id).first)
    #expect(hits.first?.record.id == episode.id && hits.first?.pieces.contains(turn.id) == true)
  }
}
