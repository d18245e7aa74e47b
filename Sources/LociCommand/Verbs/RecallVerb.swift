import Loci
import LociJSON
import LociWire

/// Finding memories.
enum RecallVerb {
  static let verb = Verb(
    RecallOperation.name, RecallOperation.summary,
    details: """
      Prints the records that are relevant to the question, best first. A DATE is a day or a time in
      ISO 8601, UTC unless it says else.

        loci recall "what does Alice drink?"
        loci recall budget --mode lexical --since 2026-01-01 --where 'year>=2020'
        loci recall "where does Alice live?" --as-of 2025-06-30
        loci recall "what did Alice do last May?" --strict-time
      """,
    positionals: [Positional("QUERY", .one, "A question or words; - reads it from the input.")],
    flags: [.namespace] + Flag.of(RecallOperation.self, except: ["query"]),
    action: recall)

  private static func recall(_ session: Session) async throws {
    let configuration = try session.configuration()
    var recall = try configured(configuration, session)
    recall.limit = configuration.recallLimit
    try session.arguments.read(into: &recall)
    recall.filter.source = recall.filter.source.map(Arguments.source)
    let answer = try await session.run(recall, configuration)
    let console = session.console
    guard !console.isJSON else { return try console.print(answer.json.document) }
    try console.print(answer.text(on: console))
    note(answer.recall, isExplained: answer.isExplained, on: console)
  }

  // MARK: For a prompt

  static let context = Verb(
    ContextOperation.name, ContextOperation.summary,
    details: """
      Prints the evidence for the question, the best that fits, in reading order and with its
      sources. Every line of a memory begins with >, so that a prompt can say that these are quoted
      data, and no instructions.

        loci context "what does Alice drink?" --tokens 1000
        loci context "how is a store migrated?" --characters 4000 --around 1
      """,
    positionals: [Positional("QUERY", .one, "A question or words; - reads it from the input.")],
    flags: [.namespace] + Flag.of(ContextOperation.self, except: ["query"]),
    action: pack)

  private static func pack(_ session: Session) async throws {
    let configuration = try session.configuration()
    var context = ContextOperation()
    let limit = context.recall.limit
    context.recall = try configured(configuration, session)
    context.recall.limit = limit
    try session.arguments.read(into: &context)
    context.recall.filter.source = context.recall.filter.source.map(Arguments.source)
    let answer = try await session.run(context, configuration)
    let console = session.console
    guard !console.isJSON else { return try console.print(answer.json.document) }
    if answer.packed.text.isEmpty {
      console.note(answer.hint ?? "Nothing relevant was found, or nothing fits.")
    } else {
      try console.print(answer.packed.text)
    }
    note(answer.recall, isExplained: false, on: console)
  }

  // MARK: Both

  /// What is asked, in the mode and with the bounds that are configured.
  private static func configured(
    _ configuration: Configuration, _ session: Session
  ) throws -> RecallOperation {
    var recall = RecallOperation()
    recall.query = try session.text(session.arguments.positionals[0])
    recall.mode = configuration.recallMode
    if configuration.minimumSimilarity > -1 {
      recall.minimum.similarity = Similarity(Float(configuration.minimumSimilarity))
    }
    return recall
  }

  private static func note(_ recall: Recall, isExplained: Bool, on console: Console) {
    if recall.isLikelyAnswered == false, !recall.hits.isEmpty {
      console.note("None of this is likely to answer the question; it is the nearest there is.")
    }
    if let warning = recall.warning { Console.report(Printable.message(warning)) }
    if let reason = recall.fallbackReason, !isExplained {
      console.note("Answered by words alone: \(reason)")
    }
  }
}
