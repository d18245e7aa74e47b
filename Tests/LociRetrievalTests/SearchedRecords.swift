import Foundation
import LociCore
import LociRetrieval
import LociTestKit

/// Records in simulated stores, and a retriever over them.
struct SearchedRecords {
  private let records = SimulatedRecordStore()
  private let vectors = SimulatedVectorStore()
  private let embedder = BagOfWordsEmbedder()
  let namespace: Namespace

  init() throws { namespace = try Namespace("one") }

  func remember(
    _ id: String, _ text: String, in whole: String? = nil, at position: Int? = nil,
    isEmbedded: Bool = true, _ change: (inout Record) -> Void = { _ in }
  ) async throws {
    var record = try Record(
      id: RecordID(id), namespace: namespace, text: text,
      whole: try whole.map { try RecordID($0) }, position: position,
      createdAt: Date(millisecondsSince1970: 0))
    change(&record)
    try await records.apply([.upsert(record)], in: namespace, actor: nil, at: record.createdAt)
    guard isEmbedded else { return }
    let vector = try await embedder.embed(text, as: .passage).vector
    try await vectors.upsert([VectorEntry(of: record, vector: vector)], in: embedder.space)
  }

  /// What the index of words says of every record that holds any of a question.
  func words(of text: String) async throws -> [RecordID: LexicalMatch] {
    try await records.search(words: text, in: namespace, limit: 10_000, where: Filter())
      .keyed(by: \.id)
  }

  func recall(
    _ text: String, _ mode: RecallMode = .hybrid, limit: Int = 10, unit: RecallUnit = .piece,
    around: Int = 0, where filter: Filter = Filter(),
    _ change: (inout RecallQuery) -> Void = { _ in }
  ) async throws -> Recall {
    var query = RecallQuery(
      text, in: namespace, mode: mode, unit: unit, around: around, limit: limit,
      leastRelevance: 0, filter: filter)
    change(&query)
    let retriever = Retriever(records: records, vectors: { [vectors] in vectors }) {
      [embedder] in embedder
    }
    return try await retriever.recall(query)
  }
}
