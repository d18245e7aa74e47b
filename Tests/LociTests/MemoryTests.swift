import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Memory")
struct MemoryTests {
  @Test("What is remembered is recalled in every mode", arguments: RecallMode.allCases)
  func roundTrip(mode: RecallMode) async throws {
    let fixture = try await Fixture()
    let stored = try await fixture.bot.remember(
      "Alice prefers tea to coffee", category: .preference, importance: 4,
      metadata: ["topic": "drinks"])
    try await fixture.bot.remember("The train to Lisbon leaves at nine")
    let answer = try await fixture.bot.recall("tea or coffee", limit: 1, mode: mode)
    #expect(answer.hits.map(\.record.id) == [stored.record.id])
    #expect(answer.modeUsed == mode)
    #expect(answer.fallbackReason == nil)
    let hit = try #require(answer.hits.first)
    #expect(hit.record.category == .preference)
    #expect(hit.record.metadata == ["topic": "drinks"])
    #expect(hit.placements.map(\.rank).allSatisfy { $0 >= 1 })
    #expect(mode == .lexical || hit.similarity != nil)
  }

  @Test("A failing model never loses a record, and the backfill finds it later")
  func failingModel() async throws {
    let fixture = try await Fixture()
    fixture.embedder.isBroken = true
    var bot = fixture.bot
    bot.allowsPending = true
    let stored = try await bot.remember("Alice prefers tea")
    guard case .pending = stored.projection else {
      Issue.record("the vector should be pending")
      return
    }
    #expect(fixture.embedder.failureCount > 0)
    let fallback = try await fixture.bot.recall("tea")
    #expect(fallback.hits.map(\.record.id) == [stored.record.id])
    #expect(fallback.modeUsed == .lexical)
    #expect(fallback.fallbackReason != nil)
    await #expect(throws: LociError.self) { try await fixture.bot.recall("tea", mode: .semantic) }

    fixture.embedder.isBroken = false
    #expect(try await fixture.bot.recall("tea", mode: .semantic).hits.isEmpty)
    let report = try await fixture.bot.backfill()
    #expect(report.embedded == 1 && report.failed == 0)
    #expect(try await fixture.bot.recall("tea", mode: .semantic).hits.count == 1)
    let embedded = fixture.embedder.embeddedCount
    #expect(try await fixture.bot.backfill().embedded == 0)
    #expect(fixture.embedder.embeddedCount == embedded, "a second backfill embeds nothing")
  }

  @Test("A model that does not exist is a mistake to show, not a reason to fall back")
  func unknownModel() async throws {
    let fixture = try await Fixture()
    try await fixture.bot.remember("Alice prefers tea")
    let memory = Memory(records: fixture.memory.records, vectors: try await fixture.memory.vectors)
    {
      throw LociError(.notFound, "There is no such model.")
    }
    let bot = try memory.namespace("bot:ada")
    await #expect(throws: LociError.self) { try await bot.recall("tea") }
    #expect(try await bot.recall("tea", mode: .lexical).hits.count == 1)
  }

  @Test("One record that can't be embedded stops no other")
  func poison() async throws {
    let fixture = try await Fixture()
    fixture.embedder.poison = "poison"
    let texts = (0..<600).map { $0 == 300 ? "poison" : "note number \($0)" }
    var bot = fixture.bot
    bot.allowsPending = true
    let stored = try await bot.remember(texts.map { NewMemory($0) })
    let pending = stored.filter {
      if case .pending = $0.projection { true } else { false }
    }
    #expect(pending.map(\.record.text) == ["poison"])
    #expect(stored.map(\.record.text) == texts)
    let report = try await fixture.bot.backfill()
    #expect(report.examined == 600 && report.embedded == 0 && report.failed == 1)
    #expect(report.lastFailure?.code == .engine)
  }

  @Test("A changed text is found by its new meaning and words only")
  func changedText() async throws {
    let fixture = try await Fixture()
    let id = try await fixture.bot.remember("zebra crossing").record.id
    var patch = RecordPatch()
    patch.text = "violin concert"
    try await fixture.bot.update(id, with: patch)
    for mode in RecallMode.allCases {
      #expect(try await fixture.bot.recall("zebra crossing", mode: mode).hits.isEmpty, "\(mode)")
      let hits = try await fixture.bot.recall("violin concert", mode: mode).hits
      #expect(hits.map(\.record.id) == [id], "\(mode)")
    }
  }

  @Test("A text that changes while it is embedded leaves no old vector behind")
  func changedWhileEmbedding() async throws {
    let inner = try await Fixture()
    let gate = GatedEmbedder()
    let memory = Memory(
      records: inner.memory.records, vectors: try await inner.memory.vectors
    ) { gate }
    let bot = try memory.namespace("bot:ada")
    let id = try RecordID("note")
    await gate.onNextCall {
      var patch = RecordPatch()
      patch.text = "violin concert"
      _ = try? await inner.bot.apply([.patch(id, patch)], actor: nil)
    }
    try await bot.remember("zebra crossing", id: id)
    #expect(try await bot.recall("zebra crossing", mode: .semantic).hits.isEmpty)
    #expect(try await bot.recall("violin concert", mode: .semantic).hits.count == 1)
    #expect(try await bot.backfill().embedded == 0, "its new vector is there already")
  }

  @Test("What is forgotten is gone from records, words and vectors; the audit log remembers")
  func forget() async throws {
    let fixture = try await Fixture()
    let keep = try await fixture.bot.remember("green parrot").record.id
    let gone = try await fixture.bot.remember("red parrot").record.id
    #expect(try await fixture.bot.forget([gone, gone, try RecordID("unknown")], actor: "me") == 1)
    #expect(try await fixture.bot.get(gone) == nil)
    for mode in RecallMode.allCases {
      let hits = try await fixture.bot.recall("red parrot", mode: mode, leastRelevance: 0).hits
      #expect(hits.map(\.record.id) == [keep], "\(mode)")
    }
    let audit = try await fixture.bot.audit(record: gone)
    #expect(audit.map(\.action) == [.delete, .add])
    #expect(audit.first?.actor == "me")
  }

  @Test("Another namespace sees nothing, whatever the filter says", arguments: RecallMode.allCases)
  func isolation(mode: RecallMode) async throws {
    let fixture = try await Fixture()
    let id = try await fixture.bot.remember("a secret plan").record.id
    let other = try fixture.memory.namespace("bot:bob")
    let filter = Filter(statuses: nil)
    let hits = try await other.recall(
      "a secret plan", mode: mode, leastRelevance: 0, where: filter
    ).hits
    #expect(hits.isEmpty)
    #expect(try await other.get(id) == nil)
    #expect(try await other.list(where: filter).isEmpty)
    #expect(try await other.forget([id]) == 0)
    await #expect(throws: LociError.self) { try await other.update(id, with: RecordPatch()) }
    #expect(try await fixture.bot.get(id) != nil)
  }

  @Test("Filters run before top-k: crowds of others never push a match out")
  func filtersFirst() async throws {
    let fixture = try await Fixture()
    try await fixture.bot.remember((0..<300).map { NewMemory("tea time \($0)") })
    try await fixture.bot.remember(
      (0..<3).map { NewMemory("coffee break \($0)", metadata: ["rare": true]) })
    for mode in RecallMode.allCases {
      let filter = Filter(metadata: [MetadataCondition("rare", .equal, true)])
      let hits = try await fixture.bot.recall(
        "tea time coffee", limit: 3, mode: mode, leastRelevance: 0, where: filter
      ).hits
      #expect(hits.count == 3, "\(mode)")
      #expect(hits.allSatisfy { $0.record.metadata["rare"] == true }, "\(mode)")
    }
  }

  @Test("A hidden record is not recalled, and comes back when it is active again")
  func status() async throws {
    let fixture = try await Fixture()
    let id = try await fixture.bot.remember("blue whale").record.id
    var patch = RecordPatch()
    for (status, count) in [(Record.Status.archived, 0), (.active, 1)] {
      patch.status = status
      try await fixture.bot.update(id, with: patch)
      for mode in RecallMode.allCases {
        #expect(try await fixture.bot.recall("blue whale", mode: mode).hits.count == count)
      }
    }
    #expect(fixture.embedder.embeddedCount == 1 + 1, "only the text, and the query once")
    let cache = try await fixture.memory.status().embeddingCache
    #expect((cache.hits, cache.misses, cache.size) == (3, 2, 2))
  }

  @Test("Nothing relevant is an empty answer")
  func nothingRelevant() async throws {
    let fixture = try await Fixture()
    try await fixture.bot.remember("Alice prefers tea to coffee")
    let answer = try await fixture.bot.recall("quantum chromodynamics of the sun")
    #expect(answer.hits.isEmpty)
    let everything = try await fixture.bot.recall(
      "quantum chromodynamics of the sun", leastRelevance: 0)
    #expect(everything.hits.count == 1)
  }

  @Test("An empty memory answers with nothing", arguments: RecallMode.allCases)
  func empty(mode: RecallMode) async throws {
    let fixture = try await Fixture()
    #expect(try await fixture.bot.recall("anything", mode: mode).hits.isEmpty)
    #expect(try await fixture.memory.namespaces().isEmpty)
  }

  @Test("Storing an id again replaces the record and makes no second row")
  func replace() async throws {
    let fixture = try await Fixture()
    let id = try RecordID("profile")
    try await fixture.bot.remember("likes tea", id: id)
    try await fixture.bot.remember("likes mountain hiking", id: id)
    #expect(try await fixture.bot.count() == 1)
    #expect(try await fixture.bot.recall("likes tea", mode: .semantic).hits.count <= 1)
    let hits = try await fixture.bot.recall("mountain hiking", mode: .semantic).hits
    #expect(hits.map(\.record.text) == ["likes mountain hiking"])
  }

  @Test("A recall counts as an access once the memory is closed")
  func access() async throws {
    let fixture = try await Fixture()
    let id = try await fixture.bot.remember("blue whale").record.id
    _ = try await fixture.bot.recall("blue whale")
    _ = try await fixture.bot.recall("whale", mode: .lexical)
    await fixture.memory.close()
    let record = try #require(try await fixture.bot.get(id))
    #expect(record.accessCount == 2)
    #expect(record.lastAccessedAt != nil)
    await fixture.memory.close()
    #expect(try await fixture.bot.get(id)?.accessCount == 2)
  }

  @Test("The next write takes the accesses along, each with the time of its recall")
  func accessWithWrite() async throws {
    let fixture = try await Fixture()
    let id = try await fixture.bot.remember("blue whale").record.id
    let before = try #require(try await fixture.bot.get(id)?.updatedAt)
    _ = try await fixture.bot.recall("blue whale")
    #expect(try await fixture.bot.get(id)?.accessCount == 0, "a recall writes nothing")
    let other = try await fixture.bot.remember("red fox").record
    let record = try #require(try await fixture.bot.get(id))
    #expect(record.accessCount == 1)
    #expect(record.updatedAt == before)
    let time = try #require(record.lastAccessedAt)
    #expect(before < time && time < other.createdAt)
  }

  @Test(
    "Where the store is locked, a recall answers at once and its count is dropped",
    .timeLimit(.minutes(5)))
  func accessToLocked() async throws {
    // Whoever waits for this lock does not come back before the test's time is over.
    let fixture = try await Fixture(busyTimeoutMilliseconds: 3_600_000)
    let id = try await fixture.bot.remember("blue whale").record.id
    let release = try await SecondProcess.holdWriteLock(
      of: fixture.folder.file("memory.sqlite"))
    #expect(try await fixture.bot.recall("blue whale").hits.count == 1)
    await fixture.memory.close()
    try await release()
    await fixture.memory.close()
    #expect(try await fixture.bot.get(id)?.accessCount == 0)
  }

  @Test("Bad questions are refused", arguments: [("", 10), (" \n", 10), ("x", 0), ("x", 10_001)])
  func badQuestions(text: String, limit: Int) async throws {
    let fixture = try await Fixture()
    await #expect(throws: LociError.self) { try await fixture.bot.recall(text, limit: limit) }
  }

  @Test(
    "Odd texts are remembered as they are",
    arguments: ["🦊🦊🦊", "שלום עולם", "a\u{0}b tail", "e\u{301}", "\u{202E}abc", "東京タワー"])
  func oddTexts(text: String) async throws {
    let fixture = try await Fixture()
    let id = try await fixture.bot.remember(text).record.id
    #expect(try await fixture.bot.get(id)?.text.utf8.elementsEqual(text.utf8) == true)
    #expect(try await fixture.bot.recall(text, leastRelevance: 0).hits.count == 1)
  }

  @Test("Of two texts for one id in a batch, the last is found by meaning")
  func sameIDTwice() async throws {
    let fixture = try await Fixture()
    let id = try RecordID("a")
    try await fixture.bot.remember([NewMemory("blue whale", id: id), NewMemory("tea", id: id)])
    #expect(try await fixture.bot.recall("tea", mode: .semantic).hits.map(\.record.text) == ["tea"])
    #expect(try await fixture.bot.backfill().embedded == 0)
  }

  @Test("Many tasks remember at once, and none is lost")
  func concurrent() async throws {
    let fixture = try await Fixture()
    let bot = fixture.bot
    try await withThrowingTaskGroup { group in
      for index in 0..<60 {
        group.addTask { _ = try await bot.remember("note number \(index)") }
      }
      try await group.waitForAll()
    }
    #expect(try await bot.count() == 60)
    #expect(try await bot.backfill().embedded == 0)
  }
}

/// Runs something once in the middle of an embedding.
private actor GatedEmbedder: Embedder {
  nonisolated let base = BagOfWordsEmbedder()
  nonisolated var space: EmbeddingSpace { base.space }
  private var action: (@Sendable () async -> Void)?

  func onNextCall(_ action: @escaping @Sendable () async -> Void) { self.action = action }

  func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [Embedding] {
    let answer = try await base.embed(texts, as: role)
    let action = self.action
    self.action = nil
    await action?()
    return answer
  }

  nonisolated func tokenCount(of text: String) throws -> Int { try base.tokenCount(of: text) }
}
