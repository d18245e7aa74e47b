import LociCore

/// Finds by meaning: embeds the query once, then searches one space of the vector store.
struct SemanticLeg: Leg {
  static let name = "semantic"
  var name: String { Self.name }
  let query: EmbeddedQuery
  let records: any RecordStore
  let vectors: @Sendable () async throws -> any VectorStore
  let surroundings: Surroundings

  func candidates(for query: RecallQuery, limit: Int) async throws -> LegResult {
    // While the model is busy, the store can be opened and load its index.
    async let prepared = prepared(for: query.filter)
    let embedded = try await self.query.value()
    let vectors = CurrentVectors(records: records, vectors: try await prepared)
    let watch = Stopwatch(surroundings)
    let matches = try await vectors.search(
      embedded.vector, in: embedded.space, limit: limit, where: query.filter)
    let candidates = matches.map {
      Candidate(id: $0.id, score: Double($0.similarity.value), similarity: $0.similarity)
    }
    return LegResult(
      candidates: candidates,
      stages: [embedded.stage, watch.stage("semantic", count: candidates.count)])
  }

  private func prepared(for filter: Filter) async throws -> any VectorStore {
    let vectors = try await vectors()
    await vectors.prepare(for: filter)
    return vectors
  }
}

/// A query's vector, computed once, in the task of who asks first, and kept for the others.
actor EmbeddedQuery {
  struct Value: Sendable {
    let vector: UnitVector
    let space: EmbeddingSpace
    let stage: Recall.Stage
  }

  private let text: String
  private let embedder: @Sendable () async throws -> any Embedder
  private let surroundings: Surroundings
  private var known: Value?

  init(
    _ text: String, with embedder: @escaping @Sendable () async throws -> any Embedder,
    _ surroundings: Surroundings
  ) {
    self.text = text
    self.embedder = embedder
    self.surroundings = surroundings
  }

  func value() async throws -> Value {
    if let known { return known }
    let watch = Stopwatch(surroundings)
    let embedder = try await embedder()
    guard try embedder.canRead(text) else {
      throw LociError(
        .unsupported,
        "The model \(embedder.space.model) knows next to none of the question's words.",
        remedy: "Words alone can find what holds them; a model of that language would do more.")
    }
    let embedding = try await embedder.embed(text, as: .query)
    let value = Value(
      vector: embedding.vector, space: embedder.space,
      stage: watch.stage("embed", count: embedding.tokenCount))
    known = value
    return value
  }
}
