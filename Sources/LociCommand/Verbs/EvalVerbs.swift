import Loci
import LociTokenizer
import LociWire

/// The verbs that measure quality on judged data.
enum EvalVerbs {
  static let all = [group, pairs] + EvalSearchVerbs.all + [tokenizer]

  private static let group = Verb("eval", "measure quality on judged data")

  private static let pairs = Verb(
    "eval sts", "agreement of cosines with people's scores of sentence pairs",
    details: "FILE is tab-separated with a header that names score, sentence1 and sentence2.",
    positionals: [Positional("FILE", .one, "The pairs.")], action: measurePairs)

  private static let tokenizer = Verb(
    "eval tokenizer", "agreement of token ids with a reference",
    details: "FILE holds JSON rows of text and ids. Exit status 1 where a row differs.",
    positionals: [Positional("FILE", .one, "The rows.")], action: measureTokenizer)

  private static func measurePairs(_ session: Session) async throws {
    let pairs = try SimilarityPairs(path: session.arguments.positionals[0])
    let embedder = try await session.embedder()
    let progress = Progress(session.console)
    defer { progress.end() }
    let report = try await SimilarityReport(pairs, embedder: embedder) {
      progress.show("Pairs", $0, of: pairs.scores.count)
    }
    progress.end()
    try session.console.show(
      MeasurementAnswer.pairs(
        count: report.count, spearman: report.spearman, pearson: report.pearson,
        model: embedder.space.model
      ).json,
      Format.table(
        [
          ("pairs", "\(report.count)"), ("spearman", Format.figure(report.spearman, decimals: 7)),
          ("pearson", Format.figure(report.pearson, decimals: 7)),
        ], on: session.console))
  }

  private static func measureTokenizer(_ session: Session) async throws {
    let texts = try TokenizedTexts(path: session.arguments.positionals[0])
    let tokenizer = try await session.tokenizer()
    let report = TokenizerReport(texts.rows) {
      tokenizer.ids(of: $0).map(Int.init)
    } whole: {
      tokenizer.encode($0, maximumTokens: .max).ids.map(Int.init)
    }
    let mismatch = report.firstMismatch
    try session.console.show(
      MeasurementAnswer.tokenizer(
        rows: report.rowCount, matches: report.matchCount,
        mismatch: mismatch.map { ($0.row, $0.position, $0.expected, $0.actual) }
      ).json,
      Format.table(
        [("rows", "\(report.rowCount)"), ("matches", "\(report.matchCount)")]
          + (mismatch.map { [("first mismatch", "row \($0.row), id \($0.position)")] } ?? []),
        on: session.console))
    guard mismatch == nil else { throw AlreadyReported() }
  }
}
