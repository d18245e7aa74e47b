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
      """,
    positionals: [Positional("QUERY", .one, "A question or words; - reads it from the input.")],
    flags: [.namespace] + Flag.of(RecallOperation.self, except: ["query"]),
    action: recall)

  private static func recall(_ session: Session) async throws {
    let configuration = try session.configuration()
    var recall = RecallOperation()
    recall.query = try session.text(session.arguments.positionals[0])
    (recall.limit, recall.mode) = (configuration.recallLimit, configuration.recallMode)
    if configuration.minimumSimilarity > -1 {
      recall.minimum.similarity = Similarity(Float(configuration.minimumSimilarity))
    }
    try session.arguments.read(into: &recall)
    recall.filter.source = recall.filter.source.map(Arguments.source)
    let answer = try await session.run(recall, configuration)
    let console = session.console
    guard !console.isJSON else { return try console.print(answer.json.document) }
    try console.print(answer.text(on: console))
    if answer.recall.isLikelyAnswered == false, !answer.recall.hits.isEmpty {
      console.note("None of this is likely to answer the question; it is the nearest there is.")
    }
    if let warning = answer.recall.warning { Console.report(Printable.message(warning)) }
    if let reason = answer.recall.fallbackReason, !answer.isExplained {
      console.note("Answered by words alone: \(reason)")
    }
  }
}
