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
    let query = RecallQuery(
      question, in: try Self.first(of: namespaces), mode: mode, unit: unit, around: around,
      limit: limit, leastRelevance: leastRelevance, minimumSimilarity: minimumSimilarity,
      filter: filter, policy: policy)
    return try await recall(query, alsoIn: Array(namespaces.dropFirst()))
  }

  /// Recalls what a query asks for, which can say more than the other forms; see there.
  ///
  /// ```swift
  /// var query = RecallQuery("what does Alice drink?", in: ada.namespace)
  /// query.keepsCopies = true
  /// let recall = try await memory.recall(query)
  /// ```
  /// - Parameters:
  ///   - query: What is asked, of its namespace.
  ///   - others: Further namespaces that are asked the same.
  public func recall(_ query: RecallQuery, alsoIn others: [Namespace] = []) async throws -> Recall {
    let recall = try await found(query, alsoIn: others)
    countAccess(to: recall.hits.lazy.map(\.record))
    return recall
  }

  /// Recalls, and packs what was found into a budget, for a prompt.
  ///
  /// Only what is packed counts as recalled.
  ///
  /// ```swift
  /// let query = RecallQuery("what does Alice drink?", in: ada.namespace, limit: 50)
  /// let context = try await memory.context(for: query, within: .tokens(2000))
  /// print(context.packed.text)
  /// ```
  /// - Parameters:
  ///   - query: What is asked; its limit says how many hits are offered.
  ///   - budget: What fits.
  ///   - others: Further namespaces that are asked the same.
  /// - Throws: As ``recall(_:alsoIn:)``, and ``LociError/Code/invalidArgument`` for a budget below
  ///   1.
  public func context(
    for query: RecallQuery, within budget: ContextBudget = .tokens(2000),
    alsoIn others: [Namespace] = []
  ) async throws -> (packed: PackedContext, recall: Recall) {
    let packer = try ContextPacker(budget)
    let recall = try await found(query, alsoIn: others)
    let packed = packer.pack(recall.hits, for: query.text)
    countAccess(to: recall.hits.lazy.map(\.record).filter(packed.holds))
    return (packed, recall)
  }

  private static func first(of namespaces: [Namespace]) throws(LociError) -> Namespace {
    if let first = namespaces.first { return first }
    throw LociError(
      .invalidArgument, "No namespace is named, so there is nothing to look into.",
      remedy: "Name at least one; Memory.namespaces() lists those that hold records.")
  }

  private func found(_ query: RecallQuery, alsoIn others: [Namespace]) async throws -> Recall {
    var asked: [Namespace] = []
    let queries = ([query.namespace] + others).compactMap { namespace -> RecallQuery? in
      guard !asked.contains(namespace) else { return nil }
      asked.append(namespace)
      var query = query
      query.namespace = namespace
      return query
    }
    return try await found(queries)
  }

  /// One list of what the same question finds in several namespaces, each with a filter of its own,
  /// as many hits as the first query wants. Nothing counts as recalled.
  package func found(_ queries: [RecallQuery]) async throws -> Recall {
    let first = try Self.first(of: queries.map(\.namespace))
    let retriever = retriever(over: try await sides.current(isRecall: true))
    var joined: Recall?
    for query in queries {
      let next = try await known(
        at: query.filter.knownAt, retriever.recall(query), in: query.namespace)
      joined = joined?.joined(by: next, limit: queries[0].limit) ?? next
    }
    guard let joined else {
      throw LociError(.invalidArgument, "There is nothing to ask in \(first).")
    }
    return joined
  }

  /// Counts records as recalled.
  package func countAccess(to records: some Sequence<Record>) {
    for (namespace, records) in Dictionary(grouping: records, by: \.namespace) {
      counts.note(records.map(\.id), in: namespace, at: surroundings.now())
    }
  }

  /// A recall with the texts that were known at a time; nil for now.
  private func known(
    at time: Date?, _ recall: Recall, in namespace: Namespace
  ) async throws -> Recall {
    guard let time else { return recall }
    let found = recall.hits.flatMap { [$0.record] + $0.neighbours }
    let then = try await records.texts(of: found, in: namespace, knownAt: time)
    let texts = then.keyed(by: \.id)
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
