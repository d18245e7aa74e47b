import LociCore
import LociRetrieval
import LociTestKit
import Synchronization
import Testing

/// As relevant as its words say; what a reranker says takes the place of it.
private struct ByWords: PointwisePolicy {
  func relevance(of evidence: Evidence, record: Record, in search: SearchContext) -> Relevance? {
    Relevance(evidence.words ?? 0, policy: "words")
  }
}

/// What a reranker changes, and what remains where it can't.
@Suite("Reranking under a deadline") struct RerankTests {
  private let records = SimulatedRecordStore()
  private let namespace: Namespace

  init() async throws {
    namespace = try Namespace("one")
    for (id, text) in [("a", "tea tea tea"), ("b", "tea tea and milk"), ("c", "tea with a cake")] {
      let record = try Samples.record(id, text)
      try await records.apply([.upsert(record)], in: namespace, actor: nil, at: record.createdAt)
    }
  }

  private func recall(
    asking text: String = "tea", limit: Int = 10, _ reranker: (any Reranker)?,
    _ surroundings: Surroundings = Surroundings()
  ) async throws -> Recall {
    let retriever = Retriever(
      records: records, vectors: { SimulatedVectorStore() }, embedder: { FaultyEmbedder() },
      surroundings: surroundings, reranker: reranker, rerankingTime: .seconds(600))
    return try await retriever.recall(
      RecallQuery(text, in: namespace, mode: .lexical, limit: limit, policy: ByWords()))
  }

  private func ids(_ recall: Recall) -> [String] { recall.hits.map(\.record.id.text) }

  /// Scores in the opposite order.
  private static func reversed(_ hits: [Recall.Hit]) -> [RecordID: Double] {
    Dictionary(
      uniqueKeysWithValues: hits.enumerated().map { ($1.record.id, Double($0) - 10) })
  }

  @Test("Its scores make the order, and their relevance says so")
  func order() async throws {
    let before = try await recall(nil)
    #expect(ids(before) == ["a", "b", "c"])
    #expect(!before.stages.map(\.name).contains("rerank"))
    let after = try await recall(FakeReranker { hits, _ in Self.reversed(hits) })
    #expect(ids(after) == ["c", "b", "a"])
    #expect(after.hits.map(\.relevance) == [-8, -9, -10].map { Relevance($0, policy: "fake") })
    #expect(after.rerankFailure == nil)
    #expect(after.droppedCount == before.droppedCount)
    #expect(after.stages.last.map { "\($0.name) \($0.count)" } == "rerank 3")
    #expect(ids(try await recall(FakeReranker { hits, _ in hits.keyed(0) })) == ["a", "b", "c"])
  }

  @Test("It sees the best: as many as it wants, or as are asked for")
  func depth() async throws {
    let reranker = FakeReranker(depth: 2) { hits, _ in Self.reversed(hits) }
    #expect(ids(try await recall(limit: 1, reranker)) == ["b"])
    #expect(ids(try await recall(limit: 3, reranker)) == ["c", "b", "a"])
    #expect(ids(try await recall(limit: 10_000, reranker)) == ["c", "b", "a"])
  }

  @Test("It is not asked where nothing is relevant")
  func nothing() async throws {
    let recall = try await recall(
      asking: "coffee", FakeReranker { _, _ in throw LociError(.engine, "x") })
    #expect(recall.hits.isEmpty && recall.rerankFailure == nil)
  }

  @Test(
    "Where it fails, or scores something else, the order stays and the answer says why",
    arguments: Flaw.allCases)
  func flawed(_ flaw: Flaw) async throws {
    let before = try await recall(limit: 2, nil)
    let after = try await recall(
      limit: 2, FakeReranker { hits, _ in try flaw.spoil(Self.reversed(hits)) })
    #expect(ids(after) == ids(before))
    #expect(after.hits.map(\.relevance) == before.hits.map(\.relevance))
    let reason = try #require(after.rerankFailure)
    #expect(reason.contains(flaw == .throwsLociError ? "no memory" : "fake"))
    #expect(after.modeUsed == .lexical && after.fallbackReason == nil)
    #expect(after.stages.last.map { "\($0.name) \($0.count)" } == "rerank 0")
  }

  enum Flaw: CaseIterable, Sendable {
    case throwsLociError, throwsAnything, tooFew, none, otherIDs, moreIDs, notANumber, infinite

    func spoil(_ scores: [RecordID: Double]) throws -> [RecordID: Double] {
      let one = scores.keys.sorted().prefix(1)
      switch self {
      case .throwsLociError: throw LociError(.engine, "There is no memory left.")
      case .throwsAnything: throw CancellationError()
      case .tooFew: return scores.filter { !one.contains($0.key) }
      case .none: return [:]
      case .otherIDs:
        return try scores.filter { !one.contains($0.key) }
          .merging([RecordID("x"): 1]) { $1 }
      case .moreIDs: return try scores.merging([RecordID("x"): 1]) { $1 }
      case .notANumber: return scores.merging(one.map { ($0, .nan) }) { $1 }
      case .infinite: return scores.merging(one.map { ($0, .infinity) }) { $1 }
      }
    }
  }

  @Test("Where it is late the order stays; it is cancelled, and not waited for if it goes on")
  func late() async throws {
    let soon = Surroundings(sleep: { _ in })
    let slow = FakeReranker { hits, _ in
      try await Task.sleep(for: .seconds(600))
      return Self.reversed(hits)
    }
    let stopped = try await recall(slow, soon)
    #expect(ids(stopped) == ["a", "b", "c"])
    #expect(stopped.rerankFailure?.contains("in time") == true)

    let gate = Gate()
    let stubborn = FakeReranker { hits, _ in
      await gate.pass()
      return Self.reversed(hits)
    }
    let left = try await recall(stubborn, soon)
    #expect(ids(left) == ["a", "b", "c"])
    #expect(left.rerankFailure?.contains("in time") == true)
    gate.open()
  }

  @Test("Late interaction: each word of the question looks for its nearest in the text")
  func lateInteraction() async throws {
    let embedder = BagOfWordsEmbedder(dimension: 256)
    let reranker = LateInteractionReranker { embedder }
    let recall = try await recall(asking: "tea cake", reranker)
    // By meaning of whole texts it is asked, by words alone it is not.
    #expect(recall.hits.allSatisfy { $0.ranking == .coarseOnly })
    let scores = try await reranker.rerank("tea cake", recall.hits, deadline: .zero)
    #expect(scores[try RecordID("c")].map { abs($0 - 1) < 1e-6 } == true)
    #expect(scores[try RecordID("a")] ?? 1 < 0.7)
    #expect(scores.count == recall.hits.count)
    let nothing = try await reranker.rerank("???", recall.hits, deadline: .zero)
    #expect(Set(nothing.values) == [-1])
    #expect(try await reranker.space() == embedder.space)
  }

  @Test("The deadline is a moment of the surroundings' clock")
  func deadline() async throws {
    let reranker = FakeReranker { hits, deadline in
      hits.keyed(deadline == .seconds(605) ? 1 : 0)
    }
    let recall = try await recall(reranker, Surroundings(uptime: { .seconds(5) }))
    #expect(recall.hits.map(\.relevance.value) == [1, 1, 1])
  }

  @Test("Whoever is cancelled does not wait for it")
  func cancelled() async throws {
    let (started, start) = AsyncStream.makeStream(of: Void.self)
    let gate = Gate()
    let stubborn = FakeReranker { hits, _ in
      start.yield()
      await gate.pass()
      return Self.reversed(hits)
    }
    let task = Task { try await recall(stubborn) }
    for await _ in started { break }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    gate.open()
  }
}

private struct FakeReranker: Reranker {
  var name: String { "fake" }
  var depth = 50
  let score: @Sendable ([Recall.Hit], Duration) async throws -> [RecordID: Double]

  func rerank(
    _ query: String, _ candidates: [Recall.Hit], deadline: Duration
  ) async throws -> [RecordID: Double] { try await score(candidates, deadline) }
}

extension [Recall.Hit] {
  /// The same score for all.
  fileprivate func keyed(_ score: Double) -> [RecordID: Double] {
    Dictionary(uniqueKeysWithValues: map { ($0.record.id, score) })
  }
}

/// Holds whoever comes until it is opened, cancelled or not.
private final class Gate: Sendable {
  private let state = Mutex(State())

  private struct State {
    var isOpen = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  func pass() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiting.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }

  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}
