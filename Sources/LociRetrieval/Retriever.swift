public import LociCore

/// Finds records by meaning and by words. It knows the contracts only, never an engine.
///
/// Legs propose candidates, with evidence; their records are read, all in one call; the query's
/// policy scores them; a reranker, where there is one, scores the best again; the answer is cut.
public struct Retriever: Sendable {
  private let records: any RecordStore
  private let vectors: @Sendable () async throws -> any VectorStore
  private let embedder: @Sendable () async throws -> any Embedder
  private let surroundings: Surroundings
  private let reranking: Reranking?

  /// Makes a retriever.
  ///
  /// - Parameters:
  ///   - records: Where records are found by words and read.
  ///   - vectors: Gives the store where they are found by meaning; it may open it then.
  ///   - embedder: Gives the embedder when one is needed; it may load the model then.
  ///   - surroundings: The clocks that stages, ages and deadlines are measured by.
  ///   - reranker: What scores the best candidates once more.
  ///   - rerankingTime: How long that is waited for; after it, the policy's order stays.
  public init(
    records: any RecordStore,
    vectors: @escaping @Sendable () async throws -> any VectorStore,
    embedder: @escaping @Sendable () async throws -> any Embedder,
    surroundings: Surroundings = Surroundings(), reranker: (any Reranker)? = nil,
    rerankingTime: Duration = .seconds(1)
  ) {
    self.records = records
    self.vectors = vectors
    self.embedder = embedder
    self.surroundings = surroundings
    reranking = reranker.map {
      Reranking(reranker: $0, time: rerankingTime, surroundings: surroundings)
    }
  }

  /// Recalls. Where the semantic leg of a hybrid recall fails, the lexical one answers alone and
  /// the envelope says why.
  ///
  /// Where the question has joined words (an address, a date, a version, a path, a name in code),
  /// records that hold them go first in every mode, by the standard policy: those that spell them
  /// so, then those that hold the words in their order. In semantic mode the words' index is asked
  /// for these as well.
  ///
  /// - Throws: ``LociError/Code/invalidArgument`` for a blank query or a limit outside 1…10,000;
  ///   in semantic mode whatever the embedder throws; in hybrid mode what it throws for a mistake
  ///   of the caller's, such as a model that does not exist.
  public func recall(_ query: RecallQuery) async throws -> Recall {
    try query.validate()
    let terms = QueryTerms(query.text)
    let times = AskedTimes(of: query.text, askedAt: query.moment(surroundings.now()))
    let reranking = wanted(for: query)
    let warming = reranking.map { reranking in
      independently { await reranking.reranker.prepare() }
    }
    defer { warming?.cancel() }
    let search = Search(
      query: query, terms: terms, times: times, legs: legs(for: query, terms, times),
      records: records, surroundings: surroundings)
    let round = try await search.rounds()
    var outcome = Reranking.Outcome(hits: round.hits, ranked: .coarseOnly)
    var stages = round.found.stages
    if let reranking, !round.hits.isEmpty {
      let watch = Stopwatch(surroundings)
      outcome = try await reranking.reorder(round.hits, for: query)
      let count = outcome.failure == nil ? outcome.hits.count : 0
      stages.append(watch.stage("rerank", count: count))
    }
    let likely = query.policy.likelyRelevance
    return Recall(
      hits: try await search.accompanied(Array(outcome.hits.prefix(query.limit))),
      isLikelyAnswered: likely.map { round.hits.first?.relevance.value ?? 0 >= $0 },
      modeRequested: query.mode,
      modeUsed: round.context.mode,
      fallbackReason: round.found.failure.map {
        ($0 as? LociError)?.description ?? "The model failed."
      },
      rerankFailure: outcome.failure, warning: round.found.warning ?? search.timeWarning,
      times: times.expressions, stages: stages,
      droppedCount: round.droppedCount, dropped: round.dropped)
  }

  /// The reranking that a query gets.
  private func wanted(for query: RecallQuery) -> Reranking? {
    guard let reranking, query.isReranked, query.policy.allowsReranking,
      reranking.reranker.isWanted(in: query.mode)
    else { return nil }
    return reranking
  }

  private func legs(
    for query: RecallQuery, _ terms: QueryTerms, _ times: AskedTimes
  ) -> [any Leg] {
    let own = ownLegs(for: query, terms)
    let isTimed = query.strictTime || query.policy.prefersAskedTimes
    let legs = own + (isTimed ? times.narrowed(own) : [])
    guard query.effort == .deep else { return legs }
    return legs
      + QuestionVariants(of: query.text).others.enumerated().flatMap { number, text in
        var variant = query
        variant.text = text
        return ownLegs(for: variant, QueryTerms(text)).map {
          VariantLeg($0, asking: text, number: number + 2)
        }
      }
  }

  private func ownLegs(for query: RecallQuery, _ terms: QueryTerms) -> [any Leg] {
    var legs: [any Leg] = []
    if query.mode != .lexical {
      legs.append(
        SemanticLeg(
          query: EmbeddedQuery(query.text, with: embedder, surroundings), records: records,
          vectors: vectors, surroundings: surroundings))
    }
    if query.mode != .semantic {
      legs.append(LexicalLeg(terms: terms, records: records, surroundings: surroundings))
    } else if !terms.identifiers.isEmpty {
      legs.append(SpellingLeg(records: records, surroundings: surroundings))
    }
    return legs
  }
}
