import LociCore
package import LociMemory
import LociRetrieval

/// Packs what is known of a question into a budget, for a prompt.
package struct ContextOperation: NamespaceOperation {
  package static let name = "context"
  package static let summary = "pack what is known of a question, for a prompt"
  package static let access = StoreAccess.reading

  /// What is asked, and of whom; its limit is how many hits are offered.
  package var recall = RecallOperation()
  /// The most tokens; nil where characters are counted.
  package var tokens: Int?
  /// The most characters; nil where tokens are counted.
  package var characters: Int?
  /// The most records; nil is as many as there is room for.
  package var records: Int?

  package init() { recall.limit = 50 }

  private static let defaultTokens = 2000
  private static let otherwise: Set<String> = ["limit", "unit", "explain", "shared"]

  package static let parameters: [Parameter<Self>] =
    [
      Parameter(
        "tokens", \.tokens, "The most tokens, counted on the safe side; 2000 by default.",
        kind: .integer(1...10_000_000)),
      Parameter(
        "characters", \.characters, "The most characters, in place of tokens.",
        kind: .integer(1...100_000_000)),
      Parameter("records", \.records, "The most records.", kind: .integer(1...10_000)),
      Parameter(
        "limit", \.recall.limit, "How many hits are offered, best first; 50 by default.",
        kind: .integer(1...10_000)),
    ]
    + RecallOperation.parameters.filter { !otherwise.contains($0.name) }
    .map { $0.lifted(to: \.recall) }

  package func check() throws(LociError) {
    try recall.check()
    guard tokens == nil || characters == nil else {
      throw LociError(
        .invalidArgument, "Tokens and characters are both counted.", remedy: "Give one of them.")
    }
  }

  package func run(in namespace: MemoryNamespace) async throws -> ContextAnswer {
    var budget =
      characters.map { ContextBudget.characters($0) } ?? .tokens(tokens ?? Self.defaultTokens)
    budget.maximumRecords = records
    let (packed, recall) = try await namespace.memory.context(
      for: recall.recallQuery(in: namespace.namespace), within: budget,
      alsoIn: recall.otherNamespaces)
    return ContextAnswer(
      packed: packed, recall: recall, unit: budget.unit,
      hint: recall.hits.isEmpty ? try await namespace.emptyHint : nil)
  }
}
