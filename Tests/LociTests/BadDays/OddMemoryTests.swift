import Foundation
import Loci
import LociSQLite
import LociTestKit
import Synchronization
import Testing

/// Memories that nobody would make on purpose, on the real store.
@Suite("Recall from odd memories", .timeLimit(.minutes(5)))
struct OddMemoryTests {
  @Test("A single record is found where it answers, and by nothing that it does not say")
  func single() async throws {
    let fixture = try await Fixture()
    try await fixture.bot.remember("Alice prefers tea")
    for mode in RecallMode.allCases {
      let found = try await fixture.bot.recall("who prefers tea?", mode: mode)
      #expect(found.hits.map(\.record.text) == ["Alice prefers tea"], "\(mode)")
      let relevance = try #require(found.hits.first?.relevance.value)
      #expect((0...1).contains(relevance), "\(mode)")
    }
    #expect(try await fixture.bot.recall("zebra", mode: .lexical).hits.isEmpty)
  }

  @Test("Texts and questions of nothing but small words are found by them")
  func smallWords() async throws {
    let fixture = try await Fixture()
    try await fixture.bot.remember(
      ["to be or not to be", "who is it", "the", "…"].map { NewMemory($0) })
    for question in ["to be or not to be", "who is it?", "the", "…", "what was that"] {
      let recall = try await fixture.bot.recall(question)
      #expect(recall.hits.allSatisfy { (0...1).contains($0.relevance.value) }, "\(question)")
    }
    let found = try await fixture.bot.recall("to be or not to be", mode: .lexical)
    #expect(found.hits.first?.record.text == "to be or not to be")
  }

  @Test("A hundred thousand copies are one hit, and what differs is found beside them")
  func copies() async throws {
    let fixture = try await Fixture()
    let (records, vectors) = (fixture.memory.records, try await fixture.memory.vectors)
    let text = "Alice prefers green tea"
    let vector = try await fixture.embedder.embed(text, as: .passage).vector
    for start in stride(from: 0, to: 100_000, by: 10_000) {
      let copies = try (start..<start + 10_000).map {
        try Samples.record("copy-\($0)", text, in: fixture.bot.namespace.name)
      }
      try await records.apply(
        copies.map { .upsert($0) }, in: fixture.bot.namespace, actor: nil, at: Date())
      try await vectors.upsert(
        copies.map { VectorEntry(of: $0, vector: vector) }, in: fixture.embedder.space)
    }
    try await fixture.bot.remember("Bob prefers green tea with milk", id: RecordID("bob"))
    for mode in RecallMode.allCases {
      let recall = try await fixture.bot.recall("green tea with milk", limit: 5, mode: mode)
      #expect(recall.hits.contains { $0.record.id.text == "bob" }, "\(mode)")
      // By words, what nearly every record holds proposes none where another word is held.
      #expect(recall.hits.count == (mode == .lexical ? 1 : 2), "\(mode)")
      #expect(mode == .lexical || recall.hits.contains { $0.copyCount > 0 }, "\(mode)")
    }
  }

  @Test("Where the clock goes backwards, all is remembered, changed, found and told in order")
  func clockBackwards() async throws {
    let folder = try TemporaryFolder()
    let database = try await SQLiteDatabase.open(at: folder.file("memory.sqlite"))
    let seconds = Mutex(1_700_000_000.0)
    let memory = Memory(
      records: database.records, vectors: database.vectors,
      surroundings: Surroundings(now: {
        seconds.withLock {
          $0 -= 3600
          return Date(timeIntervalSince1970: $0)
        }
      })
    ) { BagOfWordsEmbedder() }
    let bot = try memory.namespace("bot:ada")
    let id = try await bot.remember("Alice prefers tea").record.id
    try await bot.remember("Alice moved last week")
    var patch = RecordPatch()
    patch.text = "Alice prefers coffee"
    try await bot.update(id, with: patch)
    for policy in PolicyPreset.allCases {
      var query = RecallQuery("does Alice prefer coffee?", in: bot.namespace, leastRelevance: 0)
      query.policy = policy.policy
      #expect(
        try await memory.recall(query).hits.first?.record.text == "Alice prefers coffee",
        "\(policy)")
    }
    let log = try await bot.audit()
    #expect(log.map(\.action) == [.update, .add, .add])
    #expect(log.map(\.sequence) == log.map(\.sequence).sorted(by: >))
    #expect(try await bot.verify().isWhole)
    _ = try await bot.recall("when did Alice move?")
    await memory.close()
  }
}
