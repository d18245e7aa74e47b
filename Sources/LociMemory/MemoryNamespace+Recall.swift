public import LociCore
public import LociRetrieval

extension MemoryNamespace {
  /// Recalls what is relevant to a question, best first; an empty answer means that nothing is.
  ///
  /// Every hit's access count grows by one. That is written down with the next write through this
  /// memory, or by ``Memory/close()``; where the store can't be written then, it is dropped.
  ///
  /// ```swift
  /// let answer = try await ada.recall("what does Alice drink?", limit: 5)
  /// for hit in answer.hits { print(hit.relevance, hit.record.text) }
  /// ```
  /// - Parameters:
  ///   - question: A question or words, as a person would write them.
  ///   - limit: The most hits, 1…10,000.
  ///   - mode: By meaning, by words, or both.
  ///   - unit: Records, or the wholes that they are parts of: see ``RecallUnit``.
  ///   - around: How many of its neighbours in its whole come along with each hit, before it and
  ///     after it; 0…32.
  ///   - leastRelevance: Where the best hit is less relevant, the answer is empty; nil is the
  ///     policy's own bound, and 0 gives the nearest whatever they are.
  ///   - minimumSimilarity: What is less similar is left out, unless it holds an identifier or
  ///     every word of the question; question words, articles and their like need not be held. What
  ///     can't be compared, by words alone or before it has a vector, must hold half of the words,
  ///     of which a rare one weighs more. Nil returns everything that the legs found.
  ///   - policy: What decides which candidates are relevant, and their order; it may look at a
  ///     record's age, accesses and importance. The standard one looks at none of these.
  ///   - filter: Which records may be found; by default the active ones. Records are found by what
  ///     they say now; where the filter names a time that things were known at, each comes with the
  ///     text that was known then.
  /// - Throws: ``LociError/Code/invalidArgument`` for a blank question or a limit outside its
  ///   range. In semantic mode also what embedding throws; in hybrid mode words alone answer then.
  public func recall(
    _ question: String, limit: Int = 10, mode: RecallMode = .hybrid,
    unit: RecallUnit = .piece, around: Int = 0,
    leastRelevance: Double? = nil, minimumSimilarity: Similarity? = nil,
    policy: any ScoringPolicy = .standard, where filter: Filter = Filter()
  ) async throws -> Recall {
    try await memory.recall(
      question, in: [namespace], limit: limit, mode: mode, unit: unit, around: around,
      leastRelevance: leastRelevance, minimumSimilarity: minimumSimilarity, policy: policy,
      where: filter)
  }

  /// Recalls, and packs what was found into a budget, for a prompt: quoted, in reading order, with
  /// its sources. Only what is packed counts as recalled.
  ///
  /// ```swift
  /// let context = try await ada.context(for: "what does Alice drink?", within: .tokens(2000))
  /// print(context.text)
  /// ```
  /// - Parameters:
  ///   - question: A question or words, as a person would write them.
  ///   - budget: What fits.
  ///   - limit: How many hits are offered, best first, 1…10,000.
  ///   - filter: Which records may be found; by default the active ones.
  /// - Throws: ``LociError/Code/invalidArgument`` for a blank question, or a budget or a limit
  ///   outside its range.
  public func context(
    for question: String, within budget: ContextBudget = .tokens(2000), limit: Int = 50,
    where filter: Filter = Filter()
  ) async throws -> PackedContext {
    let query = RecallQuery(question, in: namespace, limit: limit, filter: filter)
    return try await memory.context(for: query, within: budget).packed
  }
}
