package import Foundation
import LociAgents
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
  /// Other namespaces that are searched, too.
  package var others: [String] = []
  /// Records, or the wholes that they are parts of.
  package var unit = RecallUnit.piece
  /// How widely it is looked.
  package var effort = RecallEffort.normal
  /// What decides what goes first.
  package var policy = PolicyPreset.standard
  /// How many of its neighbours in its whole come along with each hit, on each side.
  package var around = 0
  /// Where the best hit is less relevant, the answer is empty; nil is the policy's own bound.
  package var leastRelevance: Double?
  /// What is less similar is left out.
  package var minimum = MinimumSimilarity()
  /// When it is asked; nil is now.
  package var askedAt: Date?
  /// Whether only records of the time are found that the question names.
  package var strictTime = false
  /// Whether hits that say nearly the same all stand for themselves.
  package var keepsCopies = false
  /// Whether a second model, where one is configured, does not look at the best hits.
  package var isCoarse = false
  /// Whether it is asked as the namespace's bot, who also sees what others share with it.
  package var isShared = false
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
        "also", \.others, "Search this namespace, too, for one list.", kind: .list(.text("NAME"))),
      Parameter(
        "unit", \.unit,
        "What is found: pieces as they were stored, which is the default, or the wholes (files, "
          + "episodes) that they are parts of."),
      Parameter(
        "effort", \.effort,
        "How widely to look: fast asks for words only where meaning finds too little, deep asks "
          + "at most three variants of the question; normal by default."),
      Parameter(
        "policy", \.policy,
        "What decides what goes first: standard, if nothing else is said; bare is each leg by "
          + "itself; the others are formulas of other systems."),
      Parameter(
        "around", \.around, "Show so many pieces before and after each hit in its whole.",
        kind: .integer(0...RecallQuery.maximumAround)),
      Parameter(
        "min_relevance", \.leastRelevance,
        "Say that nothing is relevant where even the best hit is less likely to answer; 0 shows "
          + "the nearest whatever they are.", kind: .number(0...1)),
      Parameter(
        "min_similarity", \.minimum,
        "Leave out what is less similar than this cosine, unless it holds every telling word."),
      Parameter(
        "asked_at", \.askedAt,
        "When the question is asked, from which \"yesterday\" is counted; now, if nothing is "
          + "said."),
      Parameter(
        "strict_time", \.strictTime,
        "Find only what is of the time that the question names, such as \"last May\"."),
      Parameter(
        "keep_copies", \.keepsCopies,
        "Show hits that say nearly the same one by one, and not as one that names the others."),
      Parameter(
        "coarse", \.isCoarse, "Leave the order as the first model makes it, without a second one."),
      Parameter(
        "shared", \.isShared,
        "Ask as the bot whose namespace this is: find also what others share with it."),
    ] + FilterParameters.parameters(at: \.filter) + [
      Parameter("explain", \.isExplained, "Show how the answer was found, and what each step took.")
    ]

  package func check() throws(LociError) {
    try filter.check()
    guard !isShared || others.isEmpty else {
      throw LociError(
        .invalidArgument, "shared and also name what else is searched.",
        remedy: "Give one of them.")
    }
  }

  package func run(in namespace: MemoryNamespace) async throws -> RecallAnswer {
    if isShared {
      let bot = try Bot.required(of: namespace)
      let recall = try await bot.recall(recallQuery(in: namespace.namespace))
      return RecallAnswer(recall: recall, isExplained: isExplained, hint: nil, reader: bot)
    }
    let recall = try await namespace.memory.recall(
      recallQuery(in: namespace.namespace), alsoIn: otherNamespaces)
    return RecallAnswer(
      recall: recall, isExplained: isExplained,
      hint: recall.hits.isEmpty ? try await namespace.emptyHint : nil)
  }

  var otherNamespaces: [Namespace] {
    get throws(LociError) { try others.map { name throws(LociError) in try Namespace(name) } }
  }

  func recallQuery(in namespace: Namespace) -> RecallQuery {
    var wanted = RecallQuery(
      query, in: namespace, mode: mode, unit: unit, around: around, limit: limit,
      leastRelevance: leastRelevance, minimumSimilarity: minimum.similarity,
      filter: filter.wanted, policy: policy.policy)
    (wanted.effort, wanted.keepsCopies) = (effort, keepsCopies)
    (wanted.askedAt, wanted.strictTime) = (askedAt, strictTime)
    wanted.isReranked = !isCoarse
    return wanted
  }

  /// The least similarity, or none.
  package struct MinimumSimilarity: Hashable, ParameterValue {
    /// The cosine; nil where every candidate may be returned.
    package var similarity: Similarity?

    /// Takes a cosine.
    package init(_ similarity: Similarity? = nil) {
      self.similarity = similarity
    }

    package static let kind = ParameterKind.numberOrNone(-1...1)

    package init(_ json: JSON) throws(Misfit) {
      similarity = json.double.map { Similarity(Float($0)) }
    }

    package var json: JSON { similarity.map { .float($0.value) } ?? "none" }
  }
}
