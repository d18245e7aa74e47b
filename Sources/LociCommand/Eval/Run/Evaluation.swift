package import Loci

/// Asks every question of judged data of every system, as the product answers it.
///
/// Each collection is a store of its own, made once for all systems, and gone before the next.
package struct Evaluation: Sendable {
  /// What is measured.
  package var systems: [EvalSystem]
  /// What is looked for.
  package var unit = RecallUnit.piece
  /// How many hits are looked at.
  package var depth = 50
  /// Which questions are asked.
  package var selection = QuestionSelection()
  /// Whether questions of other collections are asked, too, to see that they are not answered.
  package var asksForeign = false
  /// Into how many tokens what was found is packed, to see what of the evidence survives that; nil
  /// packs nothing. Wholes are not packed.
  package var packedTokens: Int?
  /// Told what is being done: `Questions`, 3, of 10.
  package var progress: @Sendable (_ what: String, _ done: Int, _ total: Int) -> Void = { _, _, _ in
  }
  private let opening: EvalStore.Opening

  /// Makes an evaluation of systems.
  package init(_ systems: [EvalSystem], opening: EvalStore.Opening) {
    (self.systems, self.opening) = (systems, opening)
  }

  /// What there was, and what each system made of it.
  package struct Outcome: Sendable {
    /// The names of what was measured of each question.
    package let measures: [Measure]
    /// How many collections, documents, and documents without a text there were.
    package fileprivate(set) var collections = 0
    /// How many documents had a text.
    package fileprivate(set) var documents = 0
    /// How many had none.
    package fileprivate(set) var emptyDocuments = 0
    /// For each system what it found, in the systems' order.
    package fileprivate(set) var runs: [Run]
    /// Into how many tokens what was found was packed; nil where it was not.
    package let packedTokens: Int?
  }

  /// What one system found.
  package struct Run: Sendable {
    /// The system.
    package let system: EvalSystem
    /// For each question, in order, what its answer is worth.
    package fileprivate(set) var scores: [QuestionScore] = []
    /// For the first hits of each question how relevant each was said to be, and whether it was.
    package fileprivate(set) var hits: [(probability: Double, isAnswer: Bool)] = []
    /// For each question and each of ``Evaluation/packedDepths``, the share of the evidence found
    /// so deep that was packed; nil where none was found. Empty where nothing is packed.
    package fileprivate(set) var survivals: [[Double?]] = []
    /// How questions that nothing answers were told from others; nil where the policy can't tell.
    package fileprivate(set) var abstention: AbstentionScore?
  }

  /// What the answer to one question is worth.
  package struct QuestionScore: Sendable {
    /// The question's category.
    package let category: String?
    /// A value for each measure; nil where nothing is known to answer it.
    package let values: [Double?]

    /// Whether it is known what answers it.
    package var hasEvidence: Bool { values.contains { $0 != nil } }
  }

  /// How many hits of each question are compared with what they were said to be worth.
  static let judgedHits = 10

  /// The first so many hits, of which it is seen what is packed.
  package static let packedDepths = [10, 25]

  /// Evaluates.
  ///
  /// - Parameter data: Opens the data; it is read twice where foreign questions are asked.
  /// - Throws: What reading the data throws, and what the memory does; and
  ///   ``LociError/Code/invalidArgument`` where no question is left.
  package func run(_ data: () throws -> JudgedData) async throws -> Outcome {
    let foreign = asksForeign ? try ForeignQuestions(data()) : nil
    var outcome = Outcome(
      measures: Measure.printed(upTo: depth), runs: systems.map { Run(system: $0) },
      packedTokens: unit == .piece ? packedTokens : nil)
    let reader = try data()
    while let collection = try reader.next() {
      guard selection.keeps(collection) else { continue }
      outcome.collections += 1
      outcome.documents += collection.documents.count
      outcome.emptyDocuments += collection.emptyCount
      try await measure(collection, reader, foreign, &outcome)
    }
    guard outcome.runs.contains(where: { !$0.scores.isEmpty }) else {
      throw LociError(
        .invalidArgument, "There is no question to ask.",
        remedy: "Check the data, --leave-out and --numbered.")
    }
    return outcome
  }

  /// Asks the systems that want the same documents over one store.
  private func measure(
    _ collection: JudgedCollection, _ data: JudgedData, _ foreign: ForeignQuestions?,
    _ outcome: inout Outcome
  ) async throws {
    let questions = selection.questions(of: collection)
    guard !questions.isEmpty else { return }
    for joinsWholes in [false, true] {
      func wantsIt(_ system: EvalSystem) -> Bool {
        (unit == .whole && system.joinsWholes) == joinsWholes
      }
      let places = systems.indices.filter { wantsIt(systems[$0]) }
      guard !places.isEmpty else { continue }
      let documents = joinsWholes ? collection.joined.documents : collection.documents
      let hasVectors = places.contains { systems[$0].usesVectors }
      try await EvalStore.withStore(opening, hasVectors: hasVectors) { store in
        try await store.add(documents) { progress("Documents", $0, documents.count) }
        for (index, question) in questions.enumerated() {
          progress("Questions", index, questions.count)
          for place in places {
            try await ask(question, store, data.layout, &outcome.runs[place])
          }
        }
        for question in foreign?.questions(for: collection) ?? [] {
          for place in places { try await askForeign(question, store, &outcome.runs[place]) }
        }
      }
    }
  }

  private func ask(
    _ question: JudgedCollection.Question, _ store: EvalStore, _ layout: JudgedLayout,
    _ run: inout Run
  ) async throws {
    let grades = question.grades(unit)
    // As in BEIR, what has the question's own id is no hit; so one more is asked for.
    let limit = depth + (layout == .beir ? 1 : 0)
    let (recall, packed) = try await answer(question, by: run.system, store, limit)
    // What is folded into a hit is named by it, and so found with it.
    let ranking = recall.hits.flatMap { [$0.id] + $0.copies }.filter { $0.text != question.id }
    if let packed {
      let relevant = Set(grades.lazy.filter { $0.value > 0 }.map(\.key))
      run.survivals.append(
        Self.packedDepths.map {
          RankingMetrics.survival(ranking, relevant: relevant, packed: packed, depth: $0)
        })
    }
    let score = QuestionScore(
      category: question.category,
      values: Measure.printed(upTo: depth).map {
        $0.value(of: ranking, grades: grades)
      })
    run.scores.append(score)
    guard asksForeign, score.hasEvidence || question.isUnanswerable else { return }
    run.note(recall, isAnswerable: score.hasEvidence) { grades[$0] ?? 0 > 0 }
  }

  private func answer(
    _ question: JudgedCollection.Question, by system: EvalSystem, _ store: EvalStore, _ limit: Int
  ) async throws -> (recall: Recall, packed: Set<RecordID>?) {
    guard let packedTokens, unit == .piece else {
      return (try await store.recall(question, by: system, unit: unit, limit: limit), nil)
    }
    return try await store.context(question, by: system, limit: limit, tokens: packedTokens)
  }

  private func askForeign(
    _ question: JudgedCollection.Question, _ store: EvalStore, _ run: inout Run
  ) async throws {
    let recall = try await store.recall(
      question, by: run.system, unit: unit, limit: Self.judgedHits)
    run.note(recall, isAnswerable: false) { _ in false }
  }
}

extension Evaluation.Run {
  fileprivate mutating func note(
    _ recall: Recall, isAnswerable: Bool, isAnswer: (RecordID) -> Bool
  ) {
    for hit in recall.hits.prefix(Evaluation.judgedHits) {
      hits.append((hit.relevance.value, isAnswer(hit.id)))
    }
    guard let isAnswered = recall.isLikelyAnswered else { return }
    var score = abstention ?? AbstentionScore()
    score.add(isAnswerable: isAnswerable, isAnswered: isAnswered)
    abstention = score
  }
}
