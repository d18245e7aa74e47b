import Foundation
import LociCore
import LociRetrieval
import LociTestKit
import Synchronization
import Testing

/// What a policy is given, and what becomes of its answers.
@Suite("Scoring policies") struct PolicyTests {
  private let records = SimulatedRecordStore()
  private let vectors = SimulatedVectorStore()
  private let embedder = FaultyEmbedder()
  private let namespace: Namespace

  init() throws { namespace = try Namespace("one") }

  private func remember(_ record: Record, isEmbedded: Bool = true) async throws {
    try await records.apply([.upsert(record)], in: namespace, actor: nil, at: record.createdAt)
    guard isEmbedded else { return }
    let vector = try await embedder.embed(record.text, as: .passage).vector
    try await vectors.upsert([VectorEntry(of: record, vector: vector)], in: embedder.space)
  }

  private func recall(
    _ text: String, _ mode: RecallMode = .hybrid, limit: Int = 10, minimum: Float? = nil,
    _ policy: any ScoringPolicy = .standard, in store: (any RecordStore)? = nil,
    at time: Date = Date(millisecondsSince1970: 1_800_000_000_000)
  ) async throws -> Recall {
    let retriever = Retriever(
      records: store ?? records, vectors: { [vectors] in vectors },
      embedder: { [embedder] in embedder }, surroundings: Surroundings(now: { time }))
    return try await retriever.recall(
      RecallQuery(
        text, in: namespace, mode: mode, limit: limit,
        minimumSimilarity: minimum.map { Similarity($0) }, policy: policy))
  }

  @Test(
    "Rank fusion gives the figures that recall had before there were policies",
    arguments: 0..<12 as Range<UInt64>)
  func figures(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let words = ["tea", "green", "10.2.0.1", "0.1.2", "long-term", "long", "term", "cup", "rain"]
    for number in 0..<80 {
      let text = (0..<5).compactMap { _ in words.randomElement(using: &generator) }
      try await remember(
        try Samples.record("r\(number)", text.joined(separator: " ")),
        isEmbedded: number % 4 != 0)
    }
    let questions = ["green tea", "what runs on 10.2.0.1?", "a long-term cup", "the rain", "snow"]
    for question in questions {
      for (mode, isBroken) in [
        (RecallMode.hybrid, false), (.semantic, false), (.lexical, false), (.hybrid, true),
      ] {
        for minimum in [nil, 0.3, 0.6] as [Float?] {
          embedder.isBroken = isBroken
          let noted = NotingPolicy()
          let recall = try await recall(question, mode, limit: 7, minimum: minimum, noted)
          let expected = FormerFigures(
            noted.evidence, mode: isBroken ? .lexical : mode,
            minimum: minimum.map { Similarity($0) })
          let place = "seed \(seed), \(question), \(mode), \(String(describing: minimum))"
          #expect(recall.hits.map(\.record.id) == expected.ids.prefix(7).map { $0 }, "\(place)")
          #expect(
            recall.hits.map(\.relevance) == expected.relevances.prefix(7).map { $0 }, "\(place)")
          #expect(recall.droppedCount == expected.droppedCount, "\(place)")
        }
      }
    }
  }

  @Test("A policy can go by importance, by access, and by age")
  func records() async throws {
    for (id, importance, age) in [("a", 5, 3), ("b", 1, 1), ("c", 3, 2)] {
      let time = Date(millisecondsSince1970: 1_800_000_000_000 - Int64(age) * 60_000)
      try await remember(
        try Record(
          id: RecordID(id), namespace: namespace, text: "green tea", importance: importance,
          createdAt: time))
    }
    try await records.recordAccess(
      to: [RecordID("c")], namespace: namespace, at: Date(millisecondsSince1970: 0))
    func ids(_ policy: ByRecord) async throws -> [String] {
      try await recall("green tea", .hybrid, policy).hits.map(\.record.id.text)
    }
    #expect(try await ids(ByRecord { record, _ in Double(record.importance) }) == ["a", "c", "b"])
    #expect(try await ids(ByRecord { record, _ in Double(record.accessCount) }) == ["c", "a", "b"])
    let youngest = ByRecord { -$1.timeIntervalSince($0.createdAt) }
    #expect(try await ids(youngest) == ["b", "c", "a"])
    let hits = try await recall("green tea", .hybrid, youngest).hits
    #expect(hits.map(\.relevance.value) == [-60, -120, -180])
    #expect(Set(hits.map(\.relevance.policy)) == ["record"])
  }

  @Test("What a policy finds not relevant, or scores with no number, is dropped and counted")
  func dropped() async throws {
    for id in ["a", "b", "c", "d"] { try await remember(try Samples.record(id, "green tea")) }
    let policy = ByRecord { record, _ in
      switch record.id.text {
      case "a": nil
      case "b": .nan
      default: 1
      }
    }
    let recall = try await recall("green tea", .hybrid, policy)
    #expect(recall.hits.map(\.record.id.text) == ["c", "d"])
    #expect(recall.droppedCount == 2)
  }

  @Test("All candidates are read in one call, and no more than the legs may propose")
  func bounded() async throws {
    for id in 0..<100 {
      try await remember(try Samples.record("\(id)", "green tea \(id)"), isEmbedded: false)
    }
    let counted = WatchedRecords(base: records)
    let recall = try await recall("green tea", .lexical, limit: 2, in: counted)
    #expect(recall.hits.count == 2)
    #expect(counted.reads.withLock { $0 } == [60])
  }

  @Test("A score has the name of what was computed")
  func scoreNames() async throws {
    try await remember(try Samples.record("a", "green tea"))
    let own = try await recall("green tea", .lexical, .rankFusion).hits.first
    #expect(own?.relevance.policy == "bm25")
    let both = try await recall("green tea", .hybrid, .rankFusion).hits.first
    #expect(both?.relevance.policy == "rrf")
    #expect(both?.placements.map(\.scoreName) == ["cosine", "bm25"])
  }
}

/// Scores by the record and the time alone.
private struct ByRecord: PointwisePolicy {
  let score: @Sendable (Record, Date) -> Double?

  func relevance(of evidence: Evidence, record: Record, in search: SearchContext) -> Relevance? {
    score(record, search.time).map { Relevance($0, policy: "record") }
  }
}

/// Rank fusion, which notes what it was asked about.
private final class NotingPolicy: PointwisePolicy {
  private let seen = Mutex<[Evidence]>([])
  var evidence: [Evidence] { seen.withLock { $0 } }

  func depth(for limit: Int) -> SearchDepth { RankFusionPolicy().depth(for: limit) }

  func relevance(of evidence: Evidence, record: Record, in search: SearchContext) -> Relevance? {
    seen.withLock { $0.append(evidence) }
    return RankFusionPolicy().relevance(of: evidence, record: record, in: search)
  }
}

/// Notes how many records each read asks for.
private final class WatchedRecords: ForwardingRecordStore {
  let base: any RecordStore
  let reads = Mutex<[Int]>([])

  init(base: any RecordStore) { self.base = base }

  func get(_ ids: [RecordID], namespace: Namespace) async throws -> [Record] {
    reads.withLock { $0.append(ids.count) }
    return try await base.get(ids, namespace: namespace)
  }
}

/// The formula as it stood before there were policies, over whole lists.
private struct FormerFigures {
  let ids: [RecordID]
  let relevances: [Relevance]
  let droppedCount: Int

  init(_ candidates: [Evidence], mode: RecallMode, minimum: Similarity?) {
    let spells = candidates.contains { $0.spelling != nil }
    let names: [RecallMode: String] = [.semantic: "cosine", .lexical: "bm25", .hybrid: "rrf"]
    let policy = (spells ? "spelling+" : "") + (names[mode] ?? "")
    let relevant =
      candidates
      .map { candidate in
        let score = Self.score(candidate, mode)
        guard spells else { return (candidate, Relevance(score, policy: policy)) }
        let bounded = mode == .lexical ? score / (1 + abs(score)) : score
        let steps = Double(candidate.spelling?.rawValue ?? 0)
        return (candidate, Relevance(2 * steps + bounded, policy: policy))
      }
      .sorted { (left: (Evidence, Relevance), right: (Evidence, Relevance)) in
        left.1.value != right.1.value
          ? left.1.value > right.1.value : left.0.id < right.0.id
      }
      .filter { Self.isRelevant($0.0, minimum) }
    ids = relevant.map(\.0.id)
    relevances = relevant.map(\.1)
    droppedCount = candidates.count - relevant.count
  }

  private static func score(_ candidate: Evidence, _ mode: RecallMode) -> Double {
    switch mode {
    case .semantic: return candidate.similarity.map { Double($0.value) } ?? -1
    case .lexical: return candidate.placements.first { $0.leg == "lexical" }?.score ?? -1
    case .hybrid:
      var score = 0.0
      for leg in ["semantic", "lexical"] {
        guard let place = candidate.placements.first(where: { $0.leg == leg }) else { continue }
        score += 1 / (60 + Double(place.rank))
      }
      return score / (2.0 / 61)
    }
  }

  private static func isRelevant(_ candidate: Evidence, _ minimum: Similarity?) -> Bool {
    guard let minimum, candidate.spelling == nil else { return true }
    guard let similarity = candidate.similarity else {
      return candidate.coverage.weight >= 0.5 - 1e-9
    }
    return similarity >= minimum || candidate.coverage.count >= 1
  }
}
