import Loci
import LociTokenizer
import LociWire

/// The verbs that measure quality on judged data.
enum EvalVerbs {
  static let all = [group, pairs, retrieval, conversations, tokenizer]

  private static let mode = Flag.choice(
    "mode", RecallMode.allCases.map(\.rawValue),
    "By meaning, by words, or both; hybrid, if not configured otherwise.")

  private static let policy = Flag.choice(
    "policy", PolicyPreset.allCases.map(\.rawValue),
    "What decides what goes first; bare is each leg by itself, for comparing with published "
      + "figures.")

  private static func policy(_ arguments: Arguments) -> PolicyPreset {
    arguments.value("policy").flatMap(PolicyPreset.init) ?? .standard
  }

  /// The mode that was asked for, else the configured one.
  private static func mode(_ arguments: Arguments, _ configuration: Configuration) -> RecallMode {
    arguments.value("mode").flatMap(RecallMode.init) ?? configuration.recallMode
  }

  private static let group = Verb("eval", "measure quality on judged data")

  private static let pairs = Verb(
    "eval sts", "agreement of cosines with people's scores of sentence pairs",
    details: "FILE is tab-separated with a header that names score, sentence1 and sentence2.",
    positionals: [Positional("FILE", .one, "The pairs.")], action: measurePairs)

  private static let retrieval = Verb(
    "eval retrieval", "how well judged documents are found",
    details: """
      DIR is laid out as in BEIR: corpus.jsonl, queries.SPLIT.jsonl or queries.jsonl, and
      qrels/SPLIT.tsv. The path is that of `loci recall`, with its defaults.
      """,
    positionals: [Positional("DIR", .one, "The folder.")],
    flags: [.value("split", "NAME", "The split; test by default."), mode, policy],
    action: measureRetrieval)

  private static let conversations = Verb(
    "eval conversations", "how much of the gold evidence is found in long conversations",
    details: """
      DIR is laid out as LoCoMo: turns.jsonl, sessions.jsonl and questions.jsonl. Questions are
      asked when the last turn was said.
      """,
    positionals: [Positional("DIR", .one, "The folder.")],
    flags: [
      .choice(
        "unit", ConversationUnit.allCases.map(\.rawValue),
        "What is looked for: turns (the default) or whole sessions."), mode, policy,
    ],
    action: measureConversations)

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

  private static func measureRetrieval(_ session: Session) async throws {
    let split = session.arguments.value("split") ?? "test"
    let configuration = try session.configuration()
    let mode = mode(session.arguments, configuration)
    let collection = try JudgedCollection(
      folder: session.arguments.positionals[0], split: split)
    let progress = Progress(session.console)
    defer { progress.end() }
    var report = RetrievalReport()
    try await EvalStore.withStore(session, configuration) { store in
      try await store.add(collection.documents, progress)
      for (index, query) in collection.queries.enumerated() {
        progress.show("Queries", index, of: collection.queries.count)
        let ranking = try await store.ranking(
          query.text, mode: mode, policy: policy(session.arguments),
          depth: RetrievalReport.depth)
        report.add(ranking, query: query.id, grades: collection.grades[query.id] ?? [:])
      }
    }
    progress.end()
    try show(report, of: collection, mode: mode, on: session.console)
  }

  private static func show(
    _ report: RetrievalReport, of collection: JudgedCollection, mode: RecallMode,
    on console: Console
  ) throws {
    let figures: [MeasurementAnswer.Figure] = [
      (name: "ndcg_at_10", report.nDCG.value), ("recall_at_10", report.recallAt10.value),
      ("recall_at_100", report.recallAt100.value),
    ]
    let counts: [(name: String, value: Int)] = [
      ("documents", collection.documents.count), ("empty_documents", collection.emptyCount),
      ("queries", collection.queries.count),
    ]
    try console.show(
      MeasurementAnswer.retrieval(mode: mode.rawValue, counts: counts, figures: figures).json,
      Format.table(
        [(name: "mode", value: mode.rawValue)]
          + counts.map { (name: $0.0.replacing("_", with: " "), value: "\($0.1)") }
          + figures.map {
            (name: $0.0.replacing("_at_", with: "@"), value: Format.figure($0.1, decimals: 4))
          }, on: console))
  }

  private static func measureConversations(_ session: Session) async throws {
    let configuration = try session.configuration()
    let mode = mode(session.arguments, configuration)
    let unit = session.arguments.value("unit").flatMap(ConversationUnit.init) ?? .turn
    let policy = policy(session.arguments)
    let conversations = try Conversations(
      folder: session.arguments.positionals[0], unit: unit, hasParts: policy != .bare)
    let progress = Progress(session.console)
    defer { progress.end() }
    var report = ConversationReport()
    let depth = ConversationReport.depths.max() ?? 1
    for conversation in conversations.all {
      try await EvalStore.withStore(session, configuration) { store in
        try await store.add(conversation.documents, progress)
        for (index, question) in conversation.questions.enumerated() {
          progress.show("Questions", index, of: conversation.questions.count)
          let ranking = try await store.ranking(
            question.text, mode: mode, unit: unit == .turn ? .piece : .whole, policy: policy,
            depth: depth, askedAt: conversation.askedAt)
          report.add(ranking, question: question)
        }
      }
    }
    progress.end()
    try show(report, of: conversations, unit, mode, on: session.console)
  }

  private static func show(
    _ report: ConversationReport, of conversations: Conversations, _ unit: ConversationUnit,
    _ mode: RecallMode, on console: Console
  ) throws {
    let rows =
      [(name: "overall", means: report.overall)]
      + report.categories.sorted { $0.key < $1.key }.map { (name: $0.key, means: $0.value) }
    func questions(_ means: [Mean]) -> MeasurementAnswer.Questions {
      (
        means[0].count,
        zip(ConversationReport.depths, means).map { ("recall_at_\($0)", $1.value) }
      )
    }
    try console.show(
      MeasurementAnswer.conversations(
        mode: mode.rawValue, unit: unit.rawValue, count: conversations.all.count,
        overall: questions(report.overall),
        categories: rows.dropFirst().map { ($0.name, questions($0.means)) }
      ).json,
      Format.table(
        rows.map { row in
          let figures = zip(ConversationReport.depths, row.means).map {
            "@\($0) " + Format.figure($1.value.map { $0 * 100 }, decimals: 1)
          }
          return (
            row.name, "recall " + figures.joined(separator: "  ") + "  n=\(row.means[0].count)"
          )
        }, on: console))
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
