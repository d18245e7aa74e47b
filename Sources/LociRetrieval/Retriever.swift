public import LociCore

/// Finds records by meaning and by words. It knows the contracts only, never an engine.
public struct Retriever: Sendable {
  private let records: any RecordStore
  private let vectors: @Sendable () async throws -> any VectorStore
  private let embedder: @Sendable () async throws -> any Embedder
  private let surroundings: Surroundings

  /// Makes a retriever.
  ///
  /// - Parameters:
  ///   - records: Where records are found by words and read.
  ///   - vectors: Gives the store where they are found by meaning; it may open it then.
  ///   - embedder: Gives the embedder when one is needed; it may load the model then.
  ///   - surroundings: The clock that stages are measured by.
  public init(
    records: any RecordStore,
    vectors: @escaping @Sendable () async throws -> any VectorStore,
    embedder: @escaping @Sendable () async throws -> any Embedder,
    surroundings: Surroundings = Surroundings()
  ) {
    self.records = records
    self.vectors = vectors
    self.embedder = embedder
    self.surroundings = surroundings
  }

  /// Recalls. Where the semantic leg of a hybrid recall fails, the lexical one answers alone and
  /// the envelope says why.
  ///
  /// Where the question has joined words (an address, a date, a version, a path, a name in code),
  /// records that hold them go first in every mode: those that spell them so, then those that hold
  /// the words in their order. In semantic mode the words' index is asked for these as well.
  ///
  /// - Throws: ``LociError/Code/invalidArgument`` for a blank query or a limit outside 1…10,000;
  ///   in semantic mode whatever the embedder throws; in hybrid mode what it throws for a mistake
  ///   of the caller's, such as a model that does not exist.
  public func recall(_ query: RecallQuery) async throws -> Recall {
    try query.validate()
    let embedded =
      query.mode == .lexical ? nil : EmbeddedQuery(query.text, with: embedder, surroundings)
    let found = try await ask(legs(for: query, embedded: embedded), query)
    return try await answer(query, found, embedded: embedded)
  }

  private func legs(for query: RecallQuery, embedded: EmbeddedQuery?) -> [any Leg] {
    var legs: [any Leg] = []
    if let embedded {
      legs.append(
        SemanticLeg(
          query: embedded, records: records, vectors: vectors, surroundings: surroundings))
    }
    if query.mode != .semantic {
      legs.append(LexicalLeg(records: records, surroundings: surroundings))
    } else if SpellingLeg.isNeeded(for: query) {
      legs.append(SpellingLeg(records: records, surroundings: surroundings))
    }
    return legs
  }

  /// The depth of each leg: three times what is asked for, so that fusion has something to unite.
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
          } catch  where query.mode == .hybrid && leg is SemanticLeg && Self.allowsFallback(error) {
            return (index, .failure(error))
          }
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    var found = LegResults()
    for (index, leg) in legs.enumerated() {
      switch results[index] {
      case .success(let result):
        found.legs.append((leg.name, result.candidates))
        found.stages += result.stages
      case .failure(let error): found.failure = error
      case nil: break
      }
    }
    return found
  }

  /// A model that fails must not keep words from answering; a mistake of the caller's must show.
  private static func allowsFallback(_ error: any Error) -> Bool {
    guard let error = error as? LociError else { return !(error is CancellationError) }
    return ![.notFound, .invalidArgument, .invalidConfiguration].contains(error.code)
  }

  private func answer(
    _ query: RecallQuery, _ found: LegResults, embedded: EmbeddedQuery?
  ) async throws -> Recall {
    var stages = found.stages
    var candidates = found.fused()
    if found.failure == nil, let embedded, found.legs.count > 1 {
      let watch = Stopwatch(surroundings)
      try await addSimilarities(to: &candidates, of: embedded, query)
      stages.append(watch.stage("compare", count: candidates.count))
    }
    let relevant = found.ranked(candidates, mode: found.failure == nil ? query.mode : .lexical)
      .filter { $0.isRelevant(minimum: query.minimumSimilarity) }
    let watch = Stopwatch(surroundings)
    let hits = try await hits(relevant, query)
    stages.append(watch.stage("read", count: hits.count))
    return Recall(
      hits: hits, modeRequested: query.mode,
      modeUsed: found.failure == nil ? query.mode : .lexical,
      fallbackReason: found.failure.map { ($0 as? LociError)?.description ?? "The model failed." },
      warning: try await warning(found, embedded: embedded, query), stages: stages,
      droppedCount: candidates.count - relevant.count)
  }

  /// What to say where the semantic leg found nothing because nothing has a vector of its model.
  private func warning(
    _ found: LegResults, embedded: EmbeddedQuery?, _ query: RecallQuery
  ) async throws -> String? {
    guard let embedded, found.failure == nil,
      found.legs.contains(where: { $0.name == SemanticLeg.name && $0.candidates.isEmpty })
    else { return nil }
    let space = try await embedded.value().space
    let all = Filter(namespace: query.filter.namespace, statuses: nil)
    guard try await vectors().count(in: space, where: all) == 0,
      try await records.count(where: all) > 0
    else { return nil }
    return "No record here has a vector of the model \(space.model), so only words find. "
      + "`loci backfill` makes its vectors."
  }

  /// Compares the query with the candidates that were found by their words only.
  private func addSimilarities(
    to candidates: inout [FusedCandidate], of embedded: EmbeddedQuery, _ query: RecallQuery
  ) async throws {
    let missing = candidates.filter { $0.similarity == nil }.map(\.id)
    guard !missing.isEmpty else { return }
    let value = try await embedded.value()
    let entries = try await CurrentVectors(records: records, vectors: try await vectors())
      .get(missing, in: value.space, where: query.filter)
    var similarities: [RecordID: Similarity] = [:]
    for entry in entries { similarities[entry.id] = try value.vector.similarity(to: entry.vector) }
    for index in candidates.indices where candidates[index].similarity == nil {
      candidates[index].similarity = similarities[candidates[index].id]
    }
  }

  /// Reads the records, by id; what was forgotten or no longer passes the filter is left out.
  private func hits(_ candidates: [FusedCandidate], _ query: RecallQuery) async throws -> [Recall
    .Hit]
  {
    guard !candidates.isEmpty else { return [] }
    let found = try await records.get(
      candidates.map(\.id), namespace: query.filter.namespace)
    let byID = found.keyed(by: \.id)
    return
      candidates.lazy
      .compactMap { candidate in
        guard let record = byID[candidate.id],
          query.filter.matches(VectorAttributes(of: record))
        else { return nil }
        return Recall.Hit(
          record: record, relevance: candidate.relevance, similarity: candidate.similarity,
          spelling: candidate.spelling, placements: candidate.placements)
      }
      .prefix(query.limit).map { $0 }
  }
}
