import Foundation
import Loci
import LociCommand
import LociTestKit
import LociWire
import Testing

@Suite("Evaluating as the product answers")
struct EvaluationTests {
  private let folder: JudgedFolder
  private let model = FaultyEmbedder()

  init() throws { folder = try JudgedFolder() }

  private func evaluation(_ systems: [EvalSystem]) -> Evaluation {
    Evaluation(
      systems, opening: .init(configuration: Configuration()) { [model] in model })
  }

  private func run(_ evaluation: Evaluation) async throws -> Evaluation.Outcome {
    try await evaluation.run { try JudgedData(folder.path) }
  }

  private func value(
    _ name: String, _ run: Evaluation.Run, _ outcome: Evaluation.Outcome
  ) throws -> [Double?] {
    let place = try #require(outcome.measures.firstIndex { $0.name == name })
    return run.scores.map { $0.values[place] }
  }

  @Test("By words alone nothing is embedded, and no model is asked for")
  func lexicalEmbedsNothing() async throws {
    try folder.writeLoCoMo()
    model.isBroken = true
    let outcome = try await Evaluation(
      [EvalSystem(.standard, mode: .lexical), EvalSystem(.bare, mode: .lexical)],
      opening: .init(configuration: Configuration()) {
        Issue.record("A model was asked for")
        throw LociError(.engine, "There is none.")
      }
    ).run { try JudgedData(folder.path) }
    #expect(model.failureCount == 0)
    #expect(outcome.runs.map(\.scores.count) == [4, 4])
    #expect(try value("recall_at_5", outcome.runs[0], outcome)[1] == 1)
  }

  @Test("Every text is embedded once, whatever number of systems there is")
  func embedsOnce() async throws {
    try folder.writeLoCoMo()
    let space = FaultyEmbedder().space
    let cache = try EmbeddingCache(space, in: folder.folder.file("cache"))
    let embedder = CachingEmbedder(model, cache: cache)
    let systems = [
      EvalSystem(.standard, mode: .hybrid), EvalSystem(.umi, mode: .hybrid),
      EvalSystem(.standard, mode: .semantic), EvalSystem(.standard, mode: .hybrid).withoutFloor,
    ]
    let opening = EvalStore.Opening(configuration: Configuration()) { embedder }
    let outcome = try await Evaluation(systems, opening: opening).run {
      try JudgedData(folder.path)
    }
    #expect(outcome.runs.count == 4)
    #expect(model.embeddedCount == 5 + 4)
    #expect(embedder.madeCount == 9)
    _ = try await Evaluation(systems, opening: opening).run { try JudgedData(folder.path) }
    #expect(model.embeddedCount == 9)
  }

  @Test("Questions without evidence are counted, as found in one score and left out in the other")
  func withoutEvidence() async throws {
    try folder.writeLoCoMo()
    let outcome = try await run(evaluation([EvalSystem(.standard, mode: .lexical)]))
    #expect(outcome.collections == 2)
    #expect(outcome.documents == 5)
    #expect(outcome.runs[0].scores.map(\.hasEvidence) == [true, true, false, true])
    let report = try #require(EvalReport(outcome).runs.first)
    #expect(report.overall.asFound.count == 4)
    #expect(report.overall.judged.count == 3)
    // Of the first question's two turns the words find one.
    let found = try #require(report.overall.asFound.figure("recall_at_5")?.value)
    #expect(abs(found - (0.5 + 1 + 1 + 1) / 4) < 1e-12)
    let judged = try #require(report.overall.judged.figure("recall_at_5")?.value)
    #expect(abs(judged - (0.5 + 1 + 1) / 3) < 1e-12)
    #expect(report.overall.judged.figure("any_at_5")?.value == 1)
    #expect(try abs(#require(report.overall.judged.figure("all_at_5")?.value) - 2.0 / 3) < 1e-12)
    #expect(report.categories.map(\.name) == ["x", "y"])
    #expect(report.categories[0].table.asFound.count == 2)
    #expect(report.categories[1].table.judged.count == 1)
    let interval = try #require(report.overall.asFound.figure("recall_at_5")?.interval)
    #expect(interval.low < found && found < interval.high)
  }

  @Test("Sessions are found by their turns, and by the bare policy as documents of their own")
  func sessions() async throws {
    try folder.writeLoCoMo()
    var evaluation = evaluation([
      EvalSystem(.standard, mode: .hybrid), EvalSystem(.bare, mode: .hybrid),
    ])
    evaluation.unit = .whole
    let outcome = try await run(evaluation)
    for run in outcome.runs {
      #expect(try value("recall_at_5", run, outcome) == [1, 1, nil, 1])
      #expect(try value("hit_at_1", run, outcome)[1] == 1)
    }
  }

  @Test("All evidence survives packing where there is room, and none where there is none")
  func packing() async throws {
    try folder.writeLoCoMo()
    var evaluation = evaluation([EvalSystem(.standard, mode: .hybrid)])
    for (tokens, share) in [(2_000, 1.0), (1, 0.0)] {
      evaluation.packedTokens = tokens
      let outcome = try await run(evaluation)
      #expect(
        outcome.runs[0].survivals == [
          [share, share], [share, share], [nil, nil], [share, share],
        ])
      let packed = try #require(EvalReport(outcome).runs[0].packed)
      #expect(packed.tokens == tokens)
      #expect(packed.evidence.map(\.count) == [3, 3])
      #expect(packed.evidence[0].figure("of_10")?.value == share)
    }
    evaluation.unit = .whole
    #expect(try await run(evaluation).runs[0].survivals.isEmpty)
  }

  @Test("A system is compared with itself, and with a worse one, over the same questions")
  func comparisons() async throws {
    try folder.writeLoCoMo()
    let standard = EvalSystem(.standard, mode: .lexical)
    let outcome = try await run(
      evaluation([standard, standard, EvalSystem(.standard, mode: .hybrid).by(.semantic)]))
    let comparisons = EvalReport(outcome).comparisons
    #expect(comparisons.map(\.second) == ["standard", "standard, semantic"])
    #expect(comparisons[0].differences.allSatisfy { $0.value == 0 && $0.probability == 1 })
    #expect(comparisons[0].differences.map(\.name) == outcome.measures.map(\.name))
  }

  @Test("What constants were fitted to can be left out, by conversation and by number")
  func selection() async throws {
    try folder.writeLoCoMo()
    var evaluation = evaluation([EvalSystem(.standard, mode: .lexical)])
    evaluation.selection.leftOut = ["c"]
    #expect(try await run(evaluation).runs[0].scores.count == 1)
    evaluation.selection.leftOut = []
    evaluation.selection.only = ["c"]
    #expect(try await run(evaluation).runs[0].scores.count == 3)
    evaluation.selection.parity = .even
    let even = try await run(evaluation)
    #expect(try value("recall_at_5", even.runs[0], even) == [1])
    evaluation.selection.only = ["nobody"]
    let none = evaluation
    await #expect(throws: LociError.self) { try await run(none) }
  }

  @Test("Questions of other conversations are asked of this one's people, and judged unanswered")
  func foreign() async throws {
    try folder.writeLoCoMo()
    var evaluation = evaluation([EvalSystem(.standard, mode: .hybrid)])
    evaluation.asksForeign = true
    let outcome = try await run(evaluation)
    let run = outcome.runs[0]
    // The question without evidence is no own one, but a foreign one in the other conversation.
    let score = try #require(run.abstention)
    let all = score.rightly + score.missed
    #expect(all == 1 + 3)
    #expect(run.hits.contains { $0.isAnswer })
    #expect(EvalReport(outcome).runs[0].relevance?.hits == run.hits.count)
    #expect(run.hits.allSatisfy { (0...1).contains($0.probability) })
  }

  @Test(
    "Every ingredient that can be left out is one of the score's",
    arguments: Ablation.allCases.filter { $0 != .meaning })
  func ablations(ablation: Ablation) async throws {
    try folder.writeLoCoMo()
    var system = EvalSystem(.standard, mode: .hybrid)
    system.policy = ablation.policy
    let evaluation = evaluation([EvalSystem(.standard, mode: .hybrid), system])
    let outcome = try await run(evaluation)
    #expect(outcome.runs[1].scores.count == 4)
    // The question's words are in one turn alone, so no single ingredient is what finds it.
    #expect(try value("recall_at_5", outcome.runs[1], outcome)[1] == 1)
  }
}

@Suite("Names exchanged")
struct NameExchangeTests {
  @Test("Whole words are exchanged, all at once")
  func words() {
    let exchange = NameExchange(["Ann", "Bob"], for: ["Bob", "Eve"])
    #expect(
      exchange.applied(to: "Did Ann's aunt Anna meet Bob?") == "Did Bob's aunt Anna meet Eve?")
    #expect(exchange.applied(to: "Ann") == "Bob")
    #expect(NameExchange([], for: ["Eve"]).applied(to: "Ann and Bob") == "Ann and Bob")
  }
}
