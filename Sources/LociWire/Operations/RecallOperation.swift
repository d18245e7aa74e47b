package import LociCore
package import LociJSON
package import LociMemory
package import LociRetrieval

/// Finds memories by meaning and by words.
package struct RecallOperation: NamespaceOperation {
  package static let name = "recall"
  package static let summary = "find memories by meaning and by words"
  package static let access = StoreAccess.reading

  /// What is asked.
  package var query = ""
  /// By meaning, by words, or both.
  package var mode = RecallMode.hybrid
  /// The most records.
  package var limit = 10
  /// What is less similar is left out.
  package var minimum = MinimumSimilarity()
  /// Which records may be found.
  package var filter = FilterParameters()
  /// Whether the answer says how it was found.
  package var isExplained = false

  package init() {}

  package static let parameters: [Parameter<Self>] =
    [
      Parameter("query", \.query, "A question or words.", isRequired: true),
      Parameter(
        "mode", \.mode, "By meaning, by words, or both; hybrid, if not configured otherwise."),
      Parameter(
        "limit", \.limit, "The most records; 10, if not configured otherwise.",
        kind: .integer(1...10_000)),
      Parameter(
        "min_similarity", \.minimum,
        "Leave out what is less similar than this cosine, unless it holds every telling word."),
    ] + FilterParameters.parameters(at: \.filter) + [
      Parameter("explain", \.isExplained, "Show how the answer was found, and what each step took.")
    ]

  package func check() throws(LociError) { try filter.check() }

  package func run(in namespace: MemoryNamespace) async throws -> RecallAnswer {
    let recall = try await namespace.recall(
      query, limit: limit, mode: mode, minimumSimilarity: minimum.similarity,
      where: filter.filter(in: namespace.namespace))
    return RecallAnswer(
      recall: recall, isExplained: isExplained,
      hint: recall.hits.isEmpty ? try await namespace.emptyHint : nil)
  }

  /// The least similarity, or none.
  package struct MinimumSimilarity: Hashable, ParameterValue {
    /// The cosine; nil where every candidate may be returned.
    package var similarity: Similarity?

    /// Takes a cosine.
    package init(_ similarity: Similarity? = MemoryNamespace.defaultMinimumSimilarity) {
      self.similarity = similarity
    }

    package static let kind = ParameterKind.numberOrNone(-1...1)

    package init(_ json: JSON) throws(Misfit) {
      similarity = json.double.map { Similarity(Float($0)) }
    }

    package var json: JSON { similarity.map { .float($0.value) } ?? "none" }
  }
}
