import Foundation
import Loci
import LociSQLite
import LociTestKit
import Testing

/// Records with vectors of two models: the small one finds, the large one decides the order.
@Suite("A second space") struct SecondSpaceTests {
  private let folder: TemporaryFolder
  private let closer: FaultyEmbedder
  private let coarse = FaultyEmbedder()
  private let memory: Memory
  private let bot: MemoryNamespace
  private static let large = BagOfWordsEmbedder(dimension: 1024, revision: "large")

  init() async throws {
    folder = try TemporaryFolder()
    let database = try await SQLiteDatabase.open(at: folder.url.appending(path: "memory.sqlite"))
    let (coarse, closer) = (coarse, FaultyEmbedder(Self.large))
    self.closer = closer
    memory = Memory(
      records: database.records, vectors: database.vectors,
      // A busy machine must not be too late.
      surroundings: Surroundings(sleep: { _ in try await Task.sleep(for: .seconds(600)) }),
      embedder: { coarse }, closer: { closer })
    bot = try memory.namespace("bot:ada")
  }

  private func counts() async throws -> [Int: Int] {
    let vectors = try await memory.vectors
    var counts: [Int: Int] = [:]
    for space in try await vectors.spaces() {
      counts[space.dimension] = try await vectors.count(
        namespace: bot.namespace, in: space, where: Filter(statuses: nil))
    }
    return counts
  }

  private func recall(_ text: String, _ change: (inout RecallQuery) -> Void = { _ in }) async throws
    -> Recall
  {
    var query = RecallQuery(text, in: bot.namespace, leastRelevance: 0, policy: .atom)
    change(&query)
    return try await memory.recall(query)
  }

  @Test("Both spaces are kept; what is changed or forgotten is so in both")
  func both() async throws {
    let texts = (0..<20).map { "text \($0) of tea" }
    let ids = try await bot.remember(texts.map { NewMemory($0) }).map(\.record.id)
    #expect(try await counts() == [64: 20, 1024: 20])
    var patch = RecordPatch()
    patch.text = "coffee"
    try await bot.update(ids[0], with: patch)
    try await bot.forget([ids[1]])
    #expect(try await counts() == [64: 19, 1024: 19])
    for report in try await memory.fsck(repairs: false) { #expect(report.isClean) }
    let placements = try await bot.embeddings(of: ids[0])
    #expect(placements.map(\.space.dimension).sorted() == [64, 1024])
    #expect(placements.map(\.isFresh) == [true, true])
    // The text was embedded anew when it changed, and another one of the same batch was not.
    let changed = try #require(placements.compactMap(\.embeddedAt).min())
    let kept = try await bot.embeddings(of: ids[2])
    #expect(kept.compactMap(\.embeddedAt).count == 2)
    #expect(kept.allSatisfy { $0.embeddedAt ?? .distantFuture <= changed })
  }

  @Test("Hits name their spaces, and are in the order that both make")
  func reranked() async throws {
    for number in 0..<60 { try await bot.remember("tea of garden \(number)") }
    try await bot.remember("green tea")
    let recall = try await recall("green tea")
    #expect(recall.hits.first?.record.text == "green tea")
    #expect(recall.hits.allSatisfy { $0.ranking == .reranked && $0.relevance.policy != "atom" })
    #expect(recall.hits.allSatisfy { $0.spaces.map(\.dimension) == [64, 1024] })
    #expect(recall.hits.first?.relevance.value == 1)
    #expect(recall.stages.last.map { "\($0.name) \($0.count)" } == "rerank 50")
    #expect(recall.rerankFailure == nil)
    let coarse = try await self.recall("green tea") { $0.isReranked = false }
    #expect(coarse.hits.allSatisfy { $0.ranking == .coarseOnly })
    #expect(coarse.hits.allSatisfy { $0.spaces.map(\.dimension) == [64] })
    let before = closer.embeddedCount
    let words = try await self.recall("green tea") {
      $0.mode = .lexical
      $0.policy = .standard
    }
    #expect(words.hits.allSatisfy { $0.ranking == .coarseOnly && $0.spaces.isEmpty })
    #expect(closer.embeddedCount == before)
    for policy in [PolicyPreset.bare, .boternity, .fae, .umi] {
      let hits = try await self.recall("green tea") { $0.policy = policy.policy }.hits
      #expect(hits.allSatisfy { $0.ranking == .coarseOnly })
    }
  }

  @Test("Where the second model fails, the first one's order stays; a backfill makes up for it")
  func failing() async throws {
    closer.isBroken = true
    for number in 0..<5 { try await bot.remember("tea \(number)") }
    #expect(try await counts()[1024, default: 0] == 0)
    let recall = try await recall("tea 3")
    #expect(recall.hits.allSatisfy { $0.ranking == .coarseFallback })
    #expect(recall.hits.first?.record.text == "tea 3")
    #expect(recall.rerankFailure != nil && recall.fallbackReason == nil)
    closer.isBroken = false
    // What has no vector there yet is embedded for this answer alone.
    let again = try await self.recall("tea 3")
    #expect(again.hits.allSatisfy { $0.ranking == .reranked })
    #expect(try await counts()[1024, default: 0] == 0)
    #expect(try await bot.backfill().embedded == 5)
    #expect(try await counts() == [64: 5, 1024: 5])
    #expect(try await bot.backfill().embedded == 0)
  }

  @Test("A second model that hangs is not waited for")
  func hanging() async throws {
    let database = try await SQLiteDatabase.open(at: folder.url.appending(path: "other.sqlite"))
    let (coarse, clock) = (coarse, HastyWaiting())
    let memory = Memory(
      records: database.records, vectors: database.vectors,
      surroundings: Surroundings(sleep: clock.sleep), embedder: { coarse },
      closer: { HangingEmbedder(base: Self.large) })
    let bot = try memory.namespace("bot:ada")
    try await database.records.apply(
      [.upsert(Samples.record("a", "tea", in: "bot:ada"))], in: bot.namespace, actor: nil,
      at: Date(timeIntervalSince1970: 0))
    var query = RecallQuery("tea", in: bot.namespace, leastRelevance: 0)
    query.mode = .hybrid
    let recall = try await memory.recall(query)
    #expect(recall.hits.map(\.ranking) == [.coarseTimeoutFallback])
    #expect(recall.rerankFailure?.contains("in time") == true)
  }

  @Test("A vector of another length is refused by name, and nothing of it is kept")
  func dimension() async throws {
    try await bot.remember("tea")
    let vectors = try await memory.vectors
    let large = try #require(try await vectors.spaces().first { $0.dimension == 1024 })
    let record = try #require(try await bot.list(limit: 1).first)
    let small = try await BagOfWordsEmbedder().embed("tea", as: .passage).vector
    await #expect {
      try await vectors.upsert([VectorEntry(of: record, vector: small)], in: large)
    } throws: { error in
      (error as? LociError)?.code == .dimensionMismatch && "\(error)".contains("1024")
    }
    #expect(try await counts() == [64: 1, 1024: 1])
  }
}

/// Waits for nothing.
private struct HastyWaiting: Sendable {
  func sleep(_ duration: Duration) async throws {}
}

/// Answers when it is cancelled.
private struct HangingEmbedder: Embedder {
  let base: BagOfWordsEmbedder
  var space: EmbeddingSpace { base.space }

  func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [Embedding] {
    try await Task.sleep(for: .seconds(600))
    return try await base.embed(texts, as: role)
  }

  func tokenCount(of text: String) throws -> Int { try base.tokenCount(of: text) }
}
