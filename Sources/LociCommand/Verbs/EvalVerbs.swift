import Loci
import LociJSON
import LociTokenizer

/// The verbs that measure quality on judged data.
enum EvalVerbs {
  static let all = [group, pairs, retrieval, conversations, tokenizer]

  private static let group = Verb("eval", "measure quality on judged data")

  private static let pairs = Verb(
    "eval sts", "agreement of cosines with people's scores of sentence pairs",
    details: "FILE is tab-separated with a header that names score, sentence1 and sentence2.",
    positionals: [Positional("FILE", .one, "The pairs.")], action: measurePairs)

  private static let retrieval = Verb(
    "eval retrieval", "how well judged documents are found",
    details: """
      DIR is laid out as in BEIR: corpus.jsonl, queries.SPLIT.jsonl or queries.jsonl, and
      qrels/SPLIT.tsv. The path is that of `loci recall`, without a least similarity.
      """,
    positionals: [Positional("DIR", .one, "The folder.")],
    flags: [.value("split", "NAME", "The split; test by default."), RecallVerb.mode],
    action: measureRetrieval)

  private static let conversations = Verb(
    "eval conversations", "how much of the gold evidence is found in long conversations",
    details: "DIR is laid out as LoCoMo: turns.jsonl, sessions.jsonl and questions.jsonl.",
    positionals: [Positional("DIR", .one, "The folder.")],
    flags: [
      .choice(
        "unit", ConversationUnit.allCases.map(\.rawValue),
        "What is looked for: turns (the default) or whole sessions."), RecallVerb.mode,
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
      [
        "pairs": .integer(report.count), "spearman": JSON(report.spearman, JSON.number),
        "pearson": JSON(report.pearson, JSON.number), "model": .string(embedder.space.model),
      ],
      Format.table(
        [
          ("pairs", "\(report.count)"), ("spearman", Format.figure(report.spearman, decimals: 7)),
          ("pearson", Format.figure(report.pearson, decimals: 7)),
        ], on: session.console))
  }

  private static func measureRetrieval(_ session: Session) async throws {
    let split = session.arguments.value("split") ?? "test"
    let configuration = try session.configuration()
    let mode = RecallVerb.mode(session.arguments, configuration)
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
          query.text, mode: mode, depth: RetrievalReport.depth)
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
    let figures = [
      ("ndcg_at_10", report.nDCG.value), ("recall_at_10", report.recallAt10.value),
      ("recall_at_100", report.recallAt100.value),
    ]
    let counts = [
      ("documents", collection.documents.count), ("empty_documents", collection.emptyCount),
      ("queries", collection.queries.count),
    ]
    try console.show(
      .object(
        [(key: "mode", value: .string(mode.rawValue))]
          + counts.map { (key: $0.0, value: .integer($0.1)) }
          + figures.map { (key: $0.0, value: JSON($0.1, JSON.number)) }),
      Format.table(
        [(name: "mode", value: mode.rawValue)]
          + counts.map { (name: $0.0.replacing("_", with: " "), value: "\($0.1)") }
          + figures.map {
            (name: $0.0.replacing("_at_", with: "@"), value: Format.figure($0.1, decimals: 4))
          }, on: console))
  }

  private static func measureConversations(_ session: Session) async throws {
    let configuration = try session.configuration()
    let mode = RecallVerb.mode(session.arguments, configuration)
    let unit = session.arguments.value("unit").flatMap(ConversationUnit.init) ?? .turn
    let conversations = try Conversations(
      folder: session.arguments.positionals[0], unit: unit)
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
            question.text, mode: mode, unit: unit == .turn ? .piece : .whole, depth: depth)
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
    func json(_ means: [Mean]) -> JSON {
      .object(
        [(key: "questions", value: .integer(means[0].count))]
          + zip(ConversationReport.depths, means).map {
            (key: "recall_at_\($0)", value: JSON($1.value, JSON.number))
          })
    }
    try console.show(
      [
        "mode": .string(mode.rawValue), "unit": .string(unit.rawValue),
        "conversations": .integer(conversations.all.count), "overall": json(report.overall),
        "categories": .object(rows.dropFirst().map { (key: $0.name, value: json($0.means)) }),
      ],
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
      [
        "rows": .integer(report.rowCount), "matches": .integer(report.matchCount),
        "first_mismatch": JSON(mismatch) { mismatch in
          [
            "row": .integer(mismatch.row), "position": .integer(mismatch.position),
            "expected": .array(mismatch.expected.map(JSON.integer)),
            "actual": .array(mismatch.actual.map(JSON.integer)),
          ]
        },
      ],
      Format.table(
        [("rows", "\(report.rowCount)"), ("matches", "\(report.matchCount)")]
          + (mismatch.map { [("first mismatch", "row \($0.row), id \($0.position)")] } ?? []),
        on: session.console))
    guard mismatch == nil else { throw AlreadyReported() }
  }
}
