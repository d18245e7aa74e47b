import LociCore

/// Finds by meaning: embeds the query once, then searches one space of the vector store.
struct SemanticLeg: Leg {
  let name = "semantic"
  let query: EmbeddedQuery
  let records: any RecordStore
  let vectors: @Sendable () async throws -> any VectorStore
  let surroundings: Surroundings

  func proposals(for query: RecallQuery, limit: Int) async throws -> LegResult {
    // While the model is busy, the store can be opened and load its index.
    async let prepared = prepared(for: query)
    let embedded = try await self.query.value()
    let vectors = CurrentVectors(records: records, vectors: try await prepared)
    let watch = Stopwatch(surroundings)
    let matches = try await vectors.search(
      embedded.vector, namespace: query.namespace, in: embedded.space, limit: limit,
      where: query.filter)
    let stage = watch.stage("semantic", count: matches.count)
    return LegResult(
      proposals: matches.map { Proposal($0) }, stages: [embedded.stage, stage],
      warning: matches.isEmpty
        ? try await warning(on: vectors.vectors, embedded.space, query) : nil,
      space: embedded.space)
  }

  private func prepared(for query: RecallQuery) async throws -> any VectorStore {
    let vectors = try await vectors()
    await vectors.prepare(namespace: query.namespace, where: query.filter)
    return vectors
  }

  /// What to say where nothing was found because nothing has a vector of the model.
  private func warning(
    on vectors: any VectorStore, _ space: EmbeddingSpace, _ query: RecallQuery
  ) async throws -> String? {
    let all = Filter(statuses: nil)
    guard try await vectors.count(namespace: query.namespace, in: space, where: all) == 0,
      try await records.count(in: query.namespace, where: all) > 0
    else { return nil }
    return "No record here has a vector of the model \(space.model), so only words find. "
      + "`loci backfill` makes its vectors."
  }

  /// A model that fails must not keep words from answering; a mistake of the caller's must show.
  func canBeMissing(for query: RecallQuery, after error: any Error) -> Bool {
    guard query.mode == .hybrid else { return false }
    guard let error = error as? LociError else { return !(error is CancellationError) }
    return ![.notFound, .invalidArgument, .invalidConfiguration].contains(error.code)
  }

  /// Compares the query with the candidates that were found by their words only.
  func complete(
    _ evidence: inout [Evidence], for query: RecallQuery
  ) async throws -> Recall.Stage? {
    let watch = Stopwatch(surroundings)
    let missing = evidence.filter { $0.similarity == nil }.map(\.id)
    if !missing.isEmpty {
      let value = try await self.query.value()
      let entries = try await CurrentVectors(records: records, vectors: try await vectors())
        .get(missing, namespace: query.namespace, in: value.space, where: query.filter)
      let similarities = try entries.filter { $0.part == 0 }.keyed(by: \.id)
        .mapValues { try value.vector.similarity(to: $0.vector) }
      for index in evidence.indices where evidence[index].similarity == nil {
        evidence[index].similarity = similarities[evidence[index].id]
      }
    }
    return watch.stage("compare", count: evidence.count)
  }

  /// Compares the query with every part of the texts that may be longer than the model reads.
  func examine(
    _ candidates: inout [Candidate], for query: RecallQuery, after found: LegResults
  ) async throws -> Recall.Stage? {
    let value = try await self.query.value()
    let long = candidates.filter {
      $0.record.text.utf8.count > Self.bytesPerToken * value.space.maximumTokens
    }
    guard !long.isEmpty else { return nil }
    let watch = Stopwatch(surroundings)
    let entries = try await CurrentVectors(records: records, vectors: try await vectors())
      .get(long.map(\.record.id), namespace: query.namespace, in: value.space, where: query.filter)
    let parts = Dictionary(grouping: entries, by: \.id).filter { $0.value.count > 1 }
    for index in candidates.indices {
      guard let parts = parts[candidates[index].record.id] else { continue }
      let similarities = try parts.map { try value.vector.similarity(to: $0.vector) }
      guard let nearest = similarities.max() else { continue }
      candidates[index].evidence.parts = Evidence.PartSimilarity(
        nearest: nearest, count: parts.count)
      if let first = zip(parts, similarities).first(where: { $0.0.part == 0 }) {
        candidates[index].evidence.similarity = first.1
      }
    }
    return watch.stage("parts", count: parts.count)
  }

  /// Text of fewer bytes a token is rare, and then its beginning stands for it.
  private static let bytesPerToken = 2
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
