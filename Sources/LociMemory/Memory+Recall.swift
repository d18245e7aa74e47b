import Foundation
public import LociCore
public import LociRetrieval

extension Memory {
  /// Recalls from several namespaces at once what is relevant to a question, as one list, best
  /// first. Each hit's record names its namespace.
  ///
  /// The question is embedded once. Each namespace is searched by itself, one after the other, and
  /// ranks its own; the lists are joined by relevance, ties by score and similarity, then in the
  /// order in which namespaces are named, then by id. A namespace without records gives nothing.
  ///
  /// ```swift
  /// let recall = try await memory.recall(
  ///   "what does Alice drink?", in: [ada.namespace, notes.namespace])
  /// for hit in recall.hits { print(hit.record.namespace, hit.record.text) }
  /// ```
  /// - Parameters:
  ///   - question: As in `recall` of a ``MemoryNamespace``, as are the others.
  ///   - namespaces: At least one; one that is named twice counts once.
  ///   - limit: The most hits of all namespaces together, 1…10,000.
  /// - Returns: The joined list. Its stages are those of every namespace; what it fell back from,
  ///   or warns of, is what the first namespace did that had to.
  /// - Throws: ``LociError/Code/invalidArgument`` for no namespace, a blank question or a limit
  ///   outside its range. In semantic mode also what embedding throws.
  public func recall(
    _ question: String, in namespaces: [Namespace], limit: Int = 10, mode: RecallMode = .hybrid,
    unit: RecallUnit = .piece, around: Int = 0, leastRelevance: Double? = nil,
    minimumSimilarity: Similarity? = nil,
    policy: any ScoringPolicy = .standard, where filter: Filter = Filter()
  ) async throws -> Recall {
    let side = try await sides.current(isRecall: true).serving
    let retriever = retriever(over: side)
    var joined: Recall?
    var asked: [Namespace] = []
    for namespace in namespaces where !asked.contains(namespace) {
      asked.append(namespace)
      let query = RecallQuery(
        question, in: namespace, mode: mode, unit: unit, around: around, limit: limit,
        leastRelevance: leastRelevance, minimumSimilarity: minimumSimilarity, filter: filter,
        policy: policy)
      let recall = try await known(at: filter.knownAt, retriever.recall(query), in: namespace)
      joined = joined?.joined(by: recall, limit: limit) ?? recall
    }
    guard let joined else {
      throw LociError(
        .invalidArgument, "No namespace is named, so there is nothing to look into.",
        remedy: "Name at least one; Memory.namespaces() lists those that hold records.")
    }
    for (namespace, hits) in Dictionary(grouping: joined.hits, by: \.record.namespace) {
      counts.note(hits.map(\.record.id), in: namespace, at: surroundings.now())
    }
    return joined
  }

  /// A recall with the texts that were known at a time; nil for now.
  private func known(
    at time: Date?, _ recall: Recall, in namespace: Namespace
  ) async throws -> Recall {
    guard let time else { return recall }
    let found = recall.hits.flatMap { [$0.record] + $0.neighbours }
    let then = try await records.texts(of: found, in: namespace, knownAt: time)
    let texts = Dictionary(then.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var recall = recall
    for (index, hit) in recall.hits.enumerated() {
      recall.hits[index].record = texts[hit.record.id] ?? hit.record
      recall.hits[index].neighbours = hit.neighbours.map { texts[$0.id] ?? $0 }
    }
    return recall
  }
}

extension Recall {
  /// This recall and one of a namespace that was named later, as one list.
  fileprivate func joined(by next: Recall, limit: Int) -> Recall {
    var result = self
    // Sorting is stable, and each list is in its own order by now.
    result.hits = Array((hits + next.hits).sorted(by: Hit.ranksBefore).prefix(limit))
    if fallbackReason == nil {
      (result.modeUsed, result.fallbackReason) = (next.modeUsed, next.fallbackReason)
    }
    result.rerankFailure = rerankFailure ?? next.rerankFailure
    result.warning = warning ?? next.warning
    result.stages += next.stages
    result.droppedCount += next.droppedCount
    result.dropped += next.dropped
    result.isLikelyAnswered = [isLikelyAnswered, next.isLikelyAnswered].compactMap(\.self)
      .reduce(nil) { $0 ?? false || $1 }
    return result
  }
}

extension Recall.Hit {
  fileprivate static func ranksBefore(_ left: Recall.Hit, _ right: Recall.Hit) -> Bool {
    func key(_ hit: Recall.Hit) -> (Double, Double, Float) {
      (hit.relevance.value, hit.explanation.value, hit.similarity?.value ?? -1)
    }
    return key(left) > key(right)
  }
}
