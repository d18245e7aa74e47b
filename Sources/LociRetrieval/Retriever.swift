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
    let legs = legs(for: query)
    var found = try await ask(legs, query)
    let evidence = try await evidence(&found, of: legs, query)
    return try await answer(query, found, evidence)
  }

  private func legs(for query: RecallQuery) -> [any Leg] {
    var legs: [any Leg] = []
    if query.mode != .lexical {
      legs.append(
        SemanticLeg(
          query: EmbeddedQuery(query.text, with: embedder, surroundings), records: records,
          vectors: vectors, surroundings: surroundings))
    }
    if query.mode != .semantic {
      legs.append(LexicalLeg(records: records, surroundings: surroundings))
    } else if SpellingLeg.isNeeded(for: query) {
      legs.append(SpellingLeg(records: records, surroundings: surroundings))
    }
    return legs
  }

  /// The depth of each leg: three times what is asked for, so that fusion has something to unite.
  /// It also bounds how many records are read.
  private static func depth(for limit: Int) -> Int { max(3 * limit, 30) }

  private func ask(_ legs: [any Leg], _ query: RecallQuery) async throws -> LegResults {
    let depth = Self.depth(for: query.limit)
    let results = try await withThrowingTaskGroup { group in
      for (index, leg) in legs.enumerated() {
        group.addTask {
          do {
            return (
              index,
              Result<LegResult, any Error>.success(
                try await leg.candidates(for: query, limit: depth))
            )
          } catch  where leg.canBeMissing(for: query, after: error) {
            return (index, .failure(error))
          }
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    var found = LegResults()
    for (index, leg) in legs.enumerated() {
      switch results[index] {
      case .success(let result): found.add(result, of: leg.name)
      case .failure(let error): found.failure = error
      case nil: break
      }
    }
    return found
  }

  /// What all legs that answered know of every candidate.
  private func evidence(
    _ found: inout LegResults, of legs: [any Leg], _ query: RecallQuery
  ) async throws -> [Evidence] {
    var evidence = found.united()
    guard found.legs.count > 1 else { return evidence }
    for leg in legs where found.legs.contains(where: { $0.name == leg.name }) {
      if let stage = try await leg.complete(&evidence, for: query) { found.stages.append(stage) }
    }
    return evidence
  }

  private func answer(
    _ query: RecallQuery, _ found: LegResults, _ evidence: [Evidence]
  ) async throws -> Recall {
    var stages = found.stages
    let modeUsed = found.failure == nil ? query.mode : .lexical
    let reading = Stopwatch(surroundings)
    let records = try await read(evidence, query)
    stages.append(reading.stage("read", count: records.count))
    let search = SearchContext(
      mode: modeUsed, legs: found.legs.map(\.name),
      holdsJoinedWords: evidence.contains { $0.spelling != nil },
      minimumSimilarity: query.minimumSimilarity, time: surroundings.now())
    let relevant = Self.score(evidence, records, by: query.policy, in: search)
    var outcome = Reranking.Outcome(hits: relevant)
    if let reranking, !relevant.isEmpty {
      let watch = Stopwatch(surroundings)
      outcome = try await reranking.reorder(relevant, for: query.text, limit: query.limit)
      let count = outcome.failure == nil ? outcome.hits.count : 0
      stages.append(watch.stage("rerank", count: count))
    }
    return Recall(
      hits: Array(outcome.hits.prefix(query.limit)), modeRequested: query.mode,
      modeUsed: modeUsed,
      fallbackReason: found.failure.map { ($0 as? LociError)?.description ?? "The model failed." },
      rerankFailure: outcome.failure, warning: found.warning, stages: stages,
      droppedCount: records.count - relevant.count)
  }

  /// Reads the candidates' records, all in one call; what was forgotten or no longer passes the
  /// filter is left out.
  private func read(
    _ evidence: [Evidence], _ query: RecallQuery
  ) async throws -> [RecordID: Record] {
    guard !evidence.isEmpty else { return [:] }
    return try await records.get(evidence.map(\.id), namespace: query.namespace)
      .filter { query.filter.matches(VectorAttributes(of: $0)) }
      .keyed(by: \.id)
  }

  /// The relevant ones, best first.
  private static func score(
    _ evidence: [Evidence], _ records: [RecordID: Record], by policy: any ScoringPolicy,
    in search: SearchContext
  ) -> [Recall.Hit] {
    evidence.compactMap { evidence in
      guard let record = records[evidence.id],
        let relevance = policy.relevance(of: evidence, record: record, in: search),
        !relevance.value.isNaN
      else { return nil }
      return Recall.Hit(
        record: record, relevance: relevance, similarity: evidence.similarity,
        spelling: evidence.spelling, placements: evidence.placements)
    }
    .sorted(by: Recall.Hit.ranksBefore)
  }
}
