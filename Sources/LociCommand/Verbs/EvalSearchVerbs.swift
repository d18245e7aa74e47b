import Foundation
import Loci
import LociWire

/// The verbs that measure how well judged documents are found.
enum EvalSearchVerbs {
  static let all = [retrieval, conversations]

  private static let layouts = """
    DIR is a folder in the layout of LoCoMo (turns.jsonl), of BEIR (corpus.jsonl), or of
    one's own (records.jsonl), or a file of LongMemEval. The path is that of
    `loci recall`, with its defaults. Figures are means over questions, with intervals of
    95 % by drawing the questions again; a question without evidence counts as found, and
    a second score leaves these out.
    """

  private static let retrieval = Verb(
    "eval retrieval", "how well judged documents are found",
    details: layouts,
    positionals: [Positional("DIR", .one, "The folder or file.")], flags: flags,
    action: measure)

  private static let conversations = Verb(
    "eval conversations", "how much of the gold evidence is found in long conversations",
    details: layouts + """


        loci eval conversations locomo --unit session
        loci eval conversations locomo --policy standard --policy umi
        loci eval conversations locomo --against legs --against no-floor
      """,
    positionals: [Positional("DIR", .one, "The folder or file.")], flags: flags,
    action: measure)

  // MARK: Options

  private static let units = ["turn", "session"]
  private static let policies = PolicyPreset.allCases.map(\.rawValue)
  private static let legs = "legs"
  private static let noFloor = "no-floor"

  private static let flags: [Flag] = [
    .choice(
      "layout", JudgedLayout.allCases.map(\.rawValue), "How the data lies there; else found out."),
    .value("split", "NAME", "Of BEIR, the split; test by default."),
    .choice("unit", units, "What is looked for: turns (the default) or whole sessions."),
    .choice(
      "mode", RecallMode.allCases.map(\.rawValue),
      "By meaning, by words, or both; hybrid, if not configured otherwise."),
    names(
      "policy", policies + Ablation.allCases.map(\.rawValue),
      "What decides what goes first. Given twice, the first is compared with the others. bare is "
        + "each leg by itself, for comparing with published figures; without-... are the standard "
        + "policy without one ingredient."),
    names(
      "against", policies + [legs, noFloor],
      "Compare with a policy, with each leg of the same policy, or with the same without floors."),
    .toggle(
      "abstention",
      "Also ask questions of the other collections, with the speakers' names exchanged, and show "
        + "how far relevance means what it says."),
    .value(
      "budget", "N",
      "Into how many tokens what was found is packed, to see what of the evidence survives; 2000 "
        + "if nothing else is said."),
    .list("only", "NAME", "Only this conversation. May be given more than once."),
    .list("leave-out", "NAME", "Not this conversation. May be given more than once."),
    .choice(
      "numbered", QuestionSelection.Parity.allCases.map(\.rawValue),
      "Only questions whose number is odd, or even."),
    .value(
      "resamples", "N", "How often questions are drawn for intervals: 1000 to 10000; else 2000."),
    .toggle("no-cache", "Embed everything again, and keep none of it."),
  ]

  private static func names(_ name: String, _ choices: [String], _ summary: String) -> Flag {
    Flag(
      name: name, placeholder: "NAME", choices: choices, isRepeatable: true,
      summary: "\(summary) One of: \(choices.joined(separator: ", ")).")
  }

  /// What is measured, the first of them beside the others.
  private static func systems(
    _ arguments: Arguments, _ configuration: Configuration
  ) -> [EvalSystem] {
    let asked = arguments.value("mode").flatMap(RecallMode.init)
    let mode = asked ?? configuration.recallMode
    let floor =
      configuration.minimumSimilarity > -1
      ? Similarity(Float(configuration.minimumSimilarity)) : nil
    func system(_ name: String) -> EvalSystem {
      guard let ablation = Ablation(rawValue: name) else {
        return EvalSystem(
          PolicyPreset(rawValue: name) ?? .standard, mode: mode, minimumSimilarity: floor)
      }
      var system = EvalSystem(.standard, mode: mode, minimumSimilarity: floor)
      (system.name, system.policyName, system.policy) = (name, name, ablation.policy)
      return system
    }
    var names: [String] = []
    for name in arguments.values("policy") where !names.contains(name) { names.append(name) }
    let first = system(names.first ?? PolicyPreset.standard.rawValue)
    var against = arguments.values("against")
    // Bare is each leg by itself, and both.
    if names == [PolicyPreset.bare.rawValue], asked == nil { against.insert(legs, at: 0) }
    var systems = [first] + names.dropFirst().map(system)
    for name in against {
      switch name {
      case legs:
        systems += RecallMode.allCases.filter { $0 != first.mode }.map { first.by($0) }
      case noFloor: systems.append(first.withoutFloor)
      default: systems.append(system(name))
      }
    }
    return systems
  }

  // MARK: Measuring

  private static func measure(_ session: Session) async throws {
    let (arguments, path) = (session.arguments, session.arguments.positionals[0])
    let configuration = try session.configuration()
    let layout =
      try arguments.value("layout").flatMap(JudgedLayout.init) ?? JudgedLayout.detect(path)
    let bootstrap = Bootstrap(resamples: try arguments.value("resamples", as: resamples) ?? 2_000)
    let embedders = EvalEmbedders(session, isKept: !arguments.has("no-cache"))
    defer { embedders.removeUnkept() }
    let progress = Progress(session.console)
    defer { progress.end() }
    var evaluation = Evaluation(
      systems(arguments, configuration),
      opening: EvalStore.Opening(
        configuration: configuration, folders: session.folders,
        environment: session.environment, embedder: embedders.embedder))
    evaluation.unit = arguments.value("unit") == "session" ? .whole : .piece
    evaluation.depth = layout == .beir ? 100 : 50
    evaluation.packedTokens = try arguments.value("budget", as: tokens) ?? 2_000
    evaluation.asksForeign = arguments.has("abstention")
    evaluation.selection.only = Set(arguments.values("only"))
    evaluation.selection.leftOut = Set(arguments.values("leave-out"))
    evaluation.selection.parity = arguments.value("numbered")
      .flatMap(QuestionSelection.Parity.init)
    evaluation.progress = { progress.show($0, $1, of: $2) }
    let split = arguments.value("split") ?? "test"
    let outcome = try await evaluation.run { try JudgedData(path, layout: layout, split: split) }
    progress.show("Drawing the questions again")
    let report = EvalReport(outcome, bootstrap: bootstrap)
    let measurement = SearchMeasurement(
      layout: layout.rawValue, unit: evaluation.unit == .piece ? "turn" : "session",
      collections: outcome.collections, documents: outcome.documents,
      emptyDocuments: outcome.emptyDocuments, embedded: await embedders.madeCount,
      runs: report.runs, comparisons: report.comparisons)
    progress.end()
    try session.console.show(measurement.json, measurement.text(on: session.console))
  }

  private static func tokens(_ text: String) throws -> Int {
    guard let count = Numeral.integer(text), (1...1_000_000).contains(count) else {
      throw LociError(.invalidArgument, "it must be a whole number, 1 to 1000000")
    }
    return count
  }

  private static func resamples(_ text: String) throws -> Int {
    guard let count = Numeral.integer(text), Bootstrap.range.contains(count) else {
      throw LociError(
        .invalidArgument,
        "it must be a whole number, \(Bootstrap.range.lowerBound) to \(Bootstrap.range.upperBound)")
    }
    return count
  }
}
