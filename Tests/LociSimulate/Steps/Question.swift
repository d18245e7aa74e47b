import LociMemory
import LociSimulation

/// A recall and its arguments.
struct Question: Sendable, CustomStringConvertible {
  let namespace: Namespace
  let text: String
  let mode: RecallMode
  let limit: Int
  let minimum: Similarity?
  /// What may be found.
  let filter: Filter
  /// Whether the nearest come first, as by each leg alone, and not by what the default policy makes
  /// of them.
  let isByRank: Bool

  /// Nil where it failed, as it may where stores or models do.
  func ask(_ memory: Memory) async throws -> Recall? {
    do {
      return try await memory[namespace].recall(
        text, limit: limit, mode: mode, leastRelevance: -.infinity,
        minimumSimilarity: minimum, policy: isByRank ? .rankFusion : .standard, where: filter)
    } catch is LociError {
      return nil
    } catch {
      throw Violation("a recall threw \(error), which is no LociError")
    }
  }

  /// Whether a text or its heading has one of the words.
  func sharesWord(with facts: Facts) -> Bool { !words.isDisjoint(with: Self.words(of: facts)) }

  /// Whether a text or its heading has all of the words.
  func sharesEveryWord(with facts: Facts) -> Bool { words.isSubset(of: Self.words(of: facts)) }

  private var words: Set<Substring> { Set(text.split(separator: " ")) }

  private static func words(of facts: Facts) -> Set<Substring> {
    Set(facts.text.split { !$0.isLetter })
  }

  var description: String {
    "recall \(mode) in \(namespace), limit \(limit), minimum \(minimum.debug), "
      + "\(isByRank ? "by rank, " : "")\(filter == Filter() ? "no filter" : "filter"): \(text)"
  }
}

extension Simulation {
  mutating func drawQuestion(in namespace: Namespace? = nil) throws -> Question {
    let namespace = try namespace ?? drawNamespace()
    return Question(
      namespace: namespace, text: Vocabulary.text(1...3, using: &generator),
      mode: RecallMode.allCases.randomElement(using: &generator) ?? .hybrid,
      limit: [1, 3, 10, 50].randomElement(using: &generator) ?? 10,
      minimum: generator.happens(0.5) ? nil : Similarity(0.3),
      filter: Vocabulary.filter(using: &generator) ?? Filter(),
      isByRank: generator.happens(0.5))
  }

  /// Asks while nothing is written, and checks the answer.
  mutating func recall() async throws {
    let question = try drawQuestion()
    journal.note("\(question)")
    guard let recall = try await question.ask(memory) else {
      guard scenario.rules.isEmpty, question.mode != .semantic else {
        return journal.note("  failed")
      }
      throw Violation("\(question) failed without a fault")
    }
    journal.note("  \(recall.hits.map(\.record.id.text)), \(recall.modeUsed)")
    try check(recall, to: question, amid: [:])
    // Another process of the disk may have died meanwhile.
    guard disk.crashCount == life else { return }
    try await checkSimilarities(recall, to: question)
    try await checkCompleteness(recall, to: question)
  }

  /// What holds for every answer, whatever else goes on.
  func check(
    _ recall: Recall, to question: Question, amid attempts: [Name: [Attempt]]
  ) throws {
    var seen: Set<RecordID> = []
    for hit in recall.hits {
      let (record, name) = (
        hit.record, Name(namespace: hit.record.namespace, id: hit.record.id)
      )
      guard record.namespace == question.namespace else {
        throw Violation("a namespace leaks: \(name) was recalled in \(question.namespace)")
      }
      guard seen.insert(record.id).inserted else { throw Violation("\(name) was recalled twice") }
      let moments = (attempts[name] ?? []).possibleMoments(from: model.records[name])
      guard moments.contains(where: { $0?.withoutEarlierTexts == Facts(of: record) }) else {
        throw Violation(
          "\(name) was recalled as \(Facts(of: record)), and is \(model.records[name].debug)")
      }
      guard question.filter.passes(record.namespace, Facts(of: record)) else {
        throw Violation("\(name) was recalled and does not pass \(question.filter)")
      }
    }
    guard recall.hits.count <= question.limit else { throw Violation("more hits than the limit") }
    guard
      zip(recall.hits, recall.hits.dropFirst())
        .allSatisfy({ $0.relevance.value >= $1.relevance.value })
    else { throw Violation("the hits are not in order of relevance") }
    let nearest = recall.hits.flatMap(\.placements).filter { $0.leg == "semantic" }
      .sorted { $0.rank < $1.rank }
    guard zip(nearest, nearest.dropFirst()).allSatisfy({ $0.score >= $1.score }) else {
      throw Violation("the nearest are not in order of similarity")
    }
    guard (recall.modeUsed == recall.modeRequested) == (recall.fallbackReason == nil) else {
      throw Violation("used \(recall.modeUsed), because: \(recall.fallbackReason.debug)")
    }
  }

  /// A hit's similarity is that of its text as it is now: no old vector was asked [16].
  private func checkSimilarities(_ recall: Recall, to question: Question) async throws {
    for hit in recall.hits {
      guard let similarity = hit.similarity else { continue }
      let expected = try await self.similarity(question.text, hit.record.passage)
      guard abs(similarity.value - expected.value) < 1e-4 else {
        throw Violation(
          "\(hit.record.id) was recalled with similarity \(similarity), but its text has "
            + "\(expected): an old vector answered")
      }
    }
  }

  /// What is found by meaning, as callers were told, and what shares a word with the question, is
  /// recalled as long as there is room for it; by words alone, where the question sets a minimum,
  /// what shares every word.
  private func checkCompleteness(_ recall: Recall, to question: Question) async throws {
    // A copy is recalled with the hit that stands for it.
    let found = Set(recall.hits.flatMap { [$0.record.id] + $0.copies })
    let hasRoom = recall.hits.count < question.limit
    for (name, facts) in model.passing(question.filter, in: question.namespace)
    where !found.contains(name.id) {
      if recall.modeUsed != .semantic, hasRoom,
        question.minimum == nil
          ? question.sharesWord(with: facts)
          : recall.modeUsed == .lexical && question.sharesEveryWord(with: facts)
      {
        throw Violation("\(name) has a word of the question, and was not recalled")
      }
      guard recall.modeUsed != .lexical, model.embedded.contains(name) else { continue }
      let similarity = try await similarity(question.text, facts.passage)
      guard similarity.value - 1e-4 > question.minimum?.value ?? -2 else { continue }
      let isByMeaning = recall.modeUsed == .semantic && question.isByRank
      let worst = isByMeaning ? recall.hits.last?.similarity?.value : nil
      if hasRoom || worst.map({ similarity.value - 1e-4 > $0 }) ?? false {
        throw Violation(
          "\(name) is embedded, has similarity \(similarity), and was not recalled")
      }
    }
  }

  private func similarity(_ question: String, _ text: String) async throws -> Similarity {
    let model = try await serving().embedder.base
    let question = try await model.embed(question, as: .query).vector
    return try question.similarity(to: try await model.embed(text, as: .passage).vector)
  }
}
