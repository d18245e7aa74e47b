import LociCore
import LociRetrieval
import LociTestKit
import Testing

/// Records and vectors in two stores, which a crash has left in disagreement.
@Suite("Vectors that outlived their records or texts") struct CurrentVectorsTests {
  private let records = SimulatedRecordStore()
  private let vectors = SimulatedVectorStore()
  private let embedder = BagOfWordsEmbedder()
  private let namespace: Namespace

  init() throws { namespace = try Namespace("one") }

  /// Stores a vector as if a record had this text.
  private func leaveVector(of text: String, for id: String) async throws {
    let record = try Samples.record(id, text)
    let vector = try await embedder.embed(text, as: .passage).vector
    try await vectors.upsert([VectorEntry(of: record, vector: vector)], in: embedder.space)
  }

  private func remember(_ text: String, as id: String) async throws {
    let record = try Samples.record(id, text)
    try await records.apply([.upsert(record)], in: namespace, actor: nil, at: record.createdAt)
  }

  private func recall(_ text: String, _ mode: RecallMode) async throws -> Recall {
    let retriever = Retriever(records: records, vectors: { [vectors] in vectors }) {
      [embedder] in embedder
    }
    return try await retriever.recall(
      RecallQuery(text, in: namespace, mode: mode, limit: 1))
  }

  @Test("Vectors without records never push a record out of the answer [12] [15]")
  func orphans() async throws {
    for index in 0..<300 { try await leaveVector(of: "tea", for: "orphan\(index)") }
    try await remember("tea and much more", as: "real")
    try await leaveVector(of: "tea and much more", for: "real")
    #expect(try await recall("tea", .semantic).hits.map(\.record.id.text) == ["real"])
  }

  @Test("A record is not found by the vector of a text that it had [16]", arguments: [false, true])
  func stale(isHybrid: Bool) async throws {
    try await leaveVector(of: "green tea", for: "a")
    try await remember("tea", as: "a")
    let recall = try await recall("green tea", isHybrid ? .hybrid : .semantic)
    #expect(recall.hits.map(\.record.id.text) == (isHybrid ? ["a"] : []))
    #expect(recall.hits.allSatisfy { $0.similarity == nil })
  }
}
