import Foundation
import Loci
import LociTestKit
import Synchronization
import Testing

@Suite("Conversations that are taken in") struct ConversationTests {
  private static let minute = 60.0

  /// Random turns with pauses, clocks that go back, and no time at all now and then.
  private static func conversation(_ count: Int, seed: UInt64) -> [NewTurn] {
    var generator = SeededGenerator(seed: seed)
    let words = ["alpha", "beta", "gamma", "delta", "omega", "psi"]
    var time = Date(millisecondsSince1970: 1_764_236_289_000)
    return (0..<count).map { number in
      time += Double.random(in: -5...25, using: &generator) * minute
      if Int.random(in: 0..<6, using: &generator) == 0 { time += 31 * minute }
      let text = (0..<3).map { _ in words.randomElement(using: &generator) ?? "" }
      return NewTurn(
        text.joined(separator: " ") + " \(number % 7)", by: number.isMultiple(of: 2) ? "ann" : "bo",
        at: Int.random(in: 0..<8, using: &generator) == 0 ? nil : time)
    }
  }

  private func stream(
    _ turns: [NewTurn], failingAfter count: Int? = nil
  ) -> AsyncThrowingStream<NewTurn, any Error> {
    AsyncThrowingStream { stream in
      for turn in turns.prefix(count ?? turns.count) { stream.yield(turn) }
      stream.finish(throwing: count == nil ? nil : LociError(.io, "The line went dead."))
    }
  }

  /// What the rules say, told anew: a segment for each turn.
  private func expected(_ turns: [NewTurn]) async throws -> [Int] {
    let embedder = BagOfWordsEmbedder()
    var (segments, segment) = ([Int](), 0)
    var last: (time: Date?, vector: UnitVector)?
    for turn in turns {
      let vector = try await embedder.embed(turn.text, as: .passage).vector
      var begins = last == nil
      if let last {
        begins = try last.vector.similarity(to: vector).value < 0.75
        if let before = last.time, let now = turn.time {
          begins = begins || now.timeIntervalSince(before) > 30 * Self.minute
        }
      }
      if begins { segment += 1 }
      segments.append(segment)
      last = (turn.time, vector)
    }
    return segments
  }

  @Test(
    "Random conversations have the segments that the rules say, however they come in pieces",
    arguments: 0..<12 as Range<UInt64>)
  func segments(seed: UInt64) async throws {
    let fixture = try await AgentFixture(.simulated)
    let episodes = try fixture.ada.episodes
    let turns = Self.conversation(40, seed: seed)
    let segments = try await expected(turns)
    var generator = SeededGenerator(seed: seed &+ 1)
    let id = try await episodes.begin("piece by piece").id
    var rest = turns[...]
    while !rest.isEmpty {
      let count = min(rest.count, Int.random(in: 1...7, using: &generator))
      try await episodes.add(Array(rest.prefix(count)), to: id)
      rest = rest.dropFirst(count)
    }
    let stored = try await episodes.turns(of: id)
    #expect(stored.map(\.segment) == segments, "seed \(seed)")
    #expect(stored.map(\.text) == turns.map(\.text))
    let report = try await episodes.add(from: stream(turns), description: "all at once")
    let whole = try #require(report.episode)
    #expect(try await episodes.turns(of: whole.id).map(\.segment) == segments, "seed \(seed)")
    #expect(whole.segmentCount == segments.max() && report.addedCount == 40)
  }

  @Test(
    "It goes on after it was cut off, grows, and is taken in once",
    arguments: TestBackend.ofRecords)
  func resumed(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let episodes = try fixture.ada.episodes
    let turns = Self.conversation(150, seed: 7)
    let largest = Mutex(0)
    let cut = try await error {
      _ = try await episodes.add(from: stream(turns, failingAfter: 100), session: "monday") {
        report in largest.withLock { $0 = max($0, report.addedCount) }
      }
    }
    #expect(cut.code == .io && largest.withLock(\.self) == 64)
    let half = try await episodes.add(from: stream(Array(turns.prefix(120))))
    #expect(half.addedCount == 56 && half.unchangedCount == 64)
    let all = try await episodes.add(from: stream(turns))
    #expect(all.addedCount == 30 && all.unchangedCount == 120)
    let again = try await episodes.add(from: stream(turns))
    #expect(again.addedCount == 0 && again.unchangedCount == 150)
    let id = try #require(again.episode?.id)
    let stored = try await episodes.turns(of: id)
    #expect(
      stored.map(\.text) == turns.map(\.text)
        && stored.map(\.time) == turns.map(\.time?.wholeMilliseconds))
    #expect(stored.map(\.position) == Array(0..<150))
    #expect(stored.map(\.segment) == (try await expected(turns)))
    #expect(try await episodes.list().map(\.id) == [id])
    #expect(try await episodes.get(id)?.record.metadata["session"] == "monday")
    // One that has ended takes what it has, and nothing new.
    try await episodes.close(id)
    #expect(try await episodes.add(from: stream(turns)).unchangedCount == 150)
    let late = turns + [NewTurn("One more thing")]
    #expect(
      try await error { _ = try await episodes.add(from: stream(late)) }.code == .conflict)
    #expect(try await fixture.ada.verify().isWhole)
  }

  @Test(
    "Two who take in the same at once come to one conversation", arguments: TestBackend.ofRecords)
  func together(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let episodes = try fixture.ada.episodes
    let turns = Self.conversation(70, seed: 3)
    try await episodes.begin("About it", id: RecordID("talk"))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        group.addTask { _ = try await episodes.add(from: stream(turns), to: RecordID("talk")) }
      }
      try await group.waitForAll()
    }
    let stored = try await episodes.turns(of: RecordID("talk"))
    #expect(stored.map(\.position) == Array(0..<70))
    #expect(Set(stored.map(\.text)) == Set(turns.map(\.text)))
  }

  @Test("Episodes move with an export, and come back the same")
  func exported() async throws {
    let fixture = try await AgentFixture(.sqlite)
    let episodes = try fixture.ada.episodes
    let turns = Self.conversation(10, seed: 5)
    let id = try #require(try await episodes.add(from: stream(turns)).episode?.id)
    let closed = try await episodes.close(id, outcome: "Done.")
    let file = fixture.folder.file("all.jsonl")
    try await fixture.memory.export(to: file)
    let other = try await AgentFixture(.simulated)
    _ = try await other.memory.import(from: file)
    #expect(try await other.ada.episodes.get(id) == closed)
    #expect(try await other.ada.episodes.turns(of: id) == episodes.turns(of: id))
  }
}
