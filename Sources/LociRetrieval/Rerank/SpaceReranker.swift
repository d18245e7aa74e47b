public import LociCore

/// Scores candidates by the cosine in another space, of more dimensions than the one that found
/// them.
///
/// Their vectors are read from the store; those of candidates that have none there, or one of an
/// earlier text, are made on the spot and not kept.
public struct SpaceReranker: Reranker {
  /// The largest cosine of a question and a record's parts.
  public let name = "closer cosine"

  private let vectors: @Sendable () async throws -> any VectorStore
  private let embedder: @Sendable () async throws -> any Embedder

  /// Makes a reranker.
  ///
  /// - Parameters:
  ///   - vectors: Gives the store that keeps the vectors of the other space.
  ///   - embedder: Gives its embedder.
  public init(
    vectors: @escaping @Sendable () async throws -> any VectorStore,
    embedder: @escaping @Sendable () async throws -> any Embedder
  ) {
    self.vectors = vectors
    self.embedder = embedder
  }

  /// Only where the question is compared with vectors anyway.
  public func isWanted(in mode: RecallMode) -> Bool { mode != .lexical }

  /// Opens the store and loads the model.
  public func prepare() async { _ = try? await (vectors(), embedder()) }

  /// The other space.
  public func space() async throws -> EmbeddingSpace? { try await embedder().space }

  /// Compares the question with every candidate.
  ///
  /// - Throws: What the store and the embedder throw, such as
  ///   ``LociError/Code/dimensionMismatch``.
  public func rerank(
    _ query: String, _ candidates: [Recall.Hit], deadline: Duration
  ) async throws -> [RecordID: Double] {
    guard let namespace = candidates.first?.record.namespace else { return [:] }
    let (vectors, embedder) = (try await vectors(), try await embedder())
    async let question = embedder.embed(query, as: .query).vector
    let hashes = candidates.map(\.record).keyed(by: \.id).mapValues(\.contentHash)
    var entries = try await vectors.get(
      hashes.keys.sorted(), namespace: namespace, in: embedder.space
    )
    .filter { hashes[$0.id] == $0.contentHash }
    entries += try await made(for: candidates, without: Set(entries.map(\.id)), by: embedder)
    let vector = try await question
    return try entries.reduce(into: [:]) { scores, entry in
      let cosine = Double(try vector.similarity(to: entry.vector).value)
      scores[entry.id] = max(cosine, scores[entry.id] ?? -.infinity)
    }
  }

  private func made(
    for candidates: [Recall.Hit], without known: Set<RecordID>, by embedder: any Embedder
  ) async throws -> [VectorEntry] {
    let missing = candidates.map(\.record).filter { !known.contains($0.id) }
    guard !missing.isEmpty else { return [] }
    let embeddings = try await embedder.checkedEmbeddings(of: missing.map(\.passage), as: .passage)
    return zip(missing, embeddings).map { VectorEntry(of: $0, vector: $1.vector) }
  }
}
