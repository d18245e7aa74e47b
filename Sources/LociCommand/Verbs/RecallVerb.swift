import Loci
import LociJSON
import LociWire

/// Finding memories.
enum RecallVerb {
  static let mode = Flag.choice(
    "mode", RecallMode.allCases.map(\.rawValue),
    "By meaning, by words, or both; hybrid, if not configured otherwise.")

  static let verb = Verb(
    "recall", "find memories by meaning and by words",
    details: """
      Prints the records that are relevant to the question, best first.

        loci recall "what does Alice drink?"
        loci recall budget --mode lexical --since 2026-01-01 --where 'year>=2020'
      """,
    positionals: [Positional("QUERY", .one, "A question or words; - reads it from the input.")],
    flags: [
      .namespace, mode, .value("limit", "N", "The most records; 10, if not configured otherwise."),
      .value(
        "min-similarity", "X|none",
        "Leave out what is less similar than this cosine, unless it holds every telling word."),
    ] + Flag.filters + [
      .toggle("explain", "Show how the answer was found, and what each step took.")
    ],
    action: recall)

  private static func recall(_ session: Session) async throws {
    let arguments = session.arguments
    let question = try session.text(arguments.positionals[0])
    let limit = try arguments.integer("limit", in: 1...10_000)
    let configuration = try session.configuration()
    let minimum = try minimumSimilarity(arguments, configuration)
    let filter = try arguments.filter()
    let namespace = try await session.namespace(configuration, access: .reading)
    let recall = try await namespace.recall(
      question, limit: limit ?? configuration.recallLimit,
      mode: mode(arguments, configuration), minimumSimilarity: minimum,
      where: filter)
    let isExplained = arguments.has("explain")
    let console = session.console
    let hint = recall.hits.isEmpty ? try await namespace.emptyHint : nil
    guard !console.isJSON else {
      return try console.print(recall.json(isExplained: isExplained, hint: hint).document)
    }
    try console.print(recall.text(on: console, isExplained: isExplained, hint: hint))
    if let warning = recall.warning { Console.report(Printable.message(warning)) }
    if let reason = recall.fallbackReason, !isExplained {
      console.note("Answered by words alone: \(reason)")
    }
  }

  private static func minimumSimilarity(
    _ arguments: Arguments, _ configuration: Configuration
  ) throws -> Similarity? {
    if arguments.value("min-similarity") == "none" { return nil }
    let asked = try arguments.number("min-similarity", in: -1...1)
    return Similarity(Float(asked ?? configuration.minimumSimilarity))
  }

  /// The mode that was asked for, else the configured one.
  static func mode(_ arguments: Arguments, _ configuration: Configuration) -> RecallMode {
    arguments.value("mode").flatMap(RecallMode.init) ?? configuration.recallMode
  }
}
