public import LociCore

/// Scores candidates by late interaction: each token of the question looks for its nearest token in
/// the text, and the mean of these cosines is the score, −1…1.
///
/// MaxSim (Khattab and Zaharia, ColBERT, 2020), with the token vectors of whatever encoder there
/// is. Nothing is stored for it: the candidates' tokens are embedded while the question waits, so
/// give it few of them, or time.
public struct LateInteractionReranker: Reranker {
  /// The mean of the largest cosines.
  public let name = "late interaction"
  /// How many candidates it looks at.
  public let depth: Int

  private let embedder: @Sendable () async throws -> any Embedder

  /// Makes a reranker.
  ///
  /// - Parameters:
  ///   - depth: How many candidates it looks at, at least 1.
  ///   - embedder: Gives the embedder; it may load the model then.
  public init(
    depth: Int = 50, embedder: @escaping @Sendable () async throws -> any Embedder
  ) {
    self.depth = max(1, depth)
    self.embedder = embedder
  }

  /// Only where the question is embedded anyway.
  public func isWanted(in mode: RecallMode) -> Bool { mode != .lexical }

  /// Loads the model.
  public func prepare() async { _ = try? await embedder() }

  /// The space of the token vectors.
  public func space() async throws -> EmbeddingSpace? { try await embedder().space }

  /// Scores every candidate. Complexity: O(tokens of the question · tokens of all texts).
  ///
  /// - Throws: What the embedder throws, and ``LociError/Code/engine`` for another number of texts.
  public func rerank(
    _ query: String, _ candidates: [Recall.Hit], deadline: Duration
  ) async throws -> [RecordID: Double] {
    let embedder = try await embedder()
    let question = try await embedder.embedTokens([query], as: .query).first ?? []
    let texts = try await embedder.embedTokens(candidates.map(\.record.passage), as: .passage)
    guard texts.count == candidates.count else {
      throw LociError(
        .engine,
        "The embedder \(embedder.space.model) gave tokens of \(Count.of(texts.count, "text")) for "
          + "\(candidates.count).", remedy: "It must answer one by one, in the texts' order.")
    }
    var scores: [RecordID: Double] = [:]
    for (candidate, tokens) in zip(candidates, texts) {
      try Task.checkCancellation()
      scores[candidate.record.id] = try Self.score(question, tokens)
    }
    return scores
  }

  /// The mean over the question's tokens of their largest cosine; −1 where either has none.
  static func score(_ question: [UnitVector], _ text: [UnitVector]) throws -> Double {
    guard !question.isEmpty, !text.isEmpty else { return -1 }
    let sum = try question.reduce(0.0) { sum, token in
      sum + (try text.map { Double(try token.similarity(to: $0).value) }.max() ?? -1)
    }
    return sum / Double(question.count)
  }
}
