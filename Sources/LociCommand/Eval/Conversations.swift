package import Foundation
import Loci

/// What is looked for in a conversation.
package enum ConversationUnit: String, Sendable, CaseIterable {
  /// What one person said in one go.
  case turn
  /// Everything said in one sitting.
  case session
}

/// Long conversations with questions and the turns that answer them, in the layout of LoCoMo.
package struct Conversations: Sendable {
  /// One conversation: documents to find, and questions.
  package struct Conversation: Sendable {
    /// Its id.
    package let id: String
    /// Its turns, in order.
    package let documents: [JudgedCollection.Item]
    /// Its questions.
    package let questions: [Question]
    /// When they are asked: when the last turn was said; nil where no turn has a time.
    package var askedAt: Date? { documents.compactMap(\.time).max() }
  }

  /// A question and the documents that hold its answer.
  package struct Question: Sendable {
    /// The question.
    package let text: String
    /// Its category's name.
    package let category: String
    /// The ids of the documents that hold a gold turn; empty where none is known.
    package let gold: Set<String>

    /// Makes a question.
    package init(text: String, category: String, gold: Set<String>) {
      self.text = text
      self.category = category
      self.gold = gold
    }
  }

  /// The conversations, in the order of their first turn.
  package let all: [Conversation]

  /// Reads `turns.jsonl`, `sessions.jsonl` and `questions.jsonl`.
  ///
  /// - Parameter hasParts: Whether sessions are found by their turns; otherwise each is a document
  ///   of its own, its turns' texts joined by newlines.
  package init(folder: String, unit: ConversationUnit, hasParts: Bool = true) throws {
    let folder = URL(filePath: folder, directoryHint: .isDirectory)
    func lines<Value: Decodable>(_ name: String, as type: Value.Type) throws -> [Value] {
      try LineReader.decodeAll(folder.appending(path: name).path, as: type)
    }
    let turns = try lines("turns.jsonl", as: TurnLine.self)
    let sessions = Dictionary(
      grouping: try lines("sessions.jsonl", as: SessionLine.self), by: \.conv)
    let questions = Dictionary(
      grouping: try lines("questions.jsonl", as: QuestionLine.self), by: \.conv)
    let turnsOf = Dictionary(grouping: turns, by: \.conv)
    var order: [String] = []
    for turn in turns where !order.contains(turn.conv) { order.append(turn.conv) }
    all = try order.map { id in
      try Self.conversation(
        id, unit, hasParts: hasParts, turnsOf[id] ?? [], sessions[id] ?? [], questions[id] ?? [])
    }
  }

  private static func conversation(
    _ id: String, _ unit: ConversationUnit, hasParts: Bool, _ turns: [TurnLine],
    _ sessions: [SessionLine],
    _ questions: [QuestionLine]
  ) throws -> Conversation {
    var places: [String: Place] = [:]
    for session in sessions {
      let whole = try RecordID("session \(session.session)")
      for (position, turn) in session.turn_ids.enumerated() {
        places[turn] = Place(whole: whole, position: position)
      }
    }
    let pieces = turns.map { turn in
      JudgedCollection.Item(
        id: turn.id, text: turn.document, place: places[turn.id], time: turn.time)
    }
    return Conversation(
      id: id, documents: unit == .turn || hasParts ? pieces : Self.wholes(of: pieces),
      questions: questions.map { line in
        let gold = line.evidence.filter { places[$0] != nil }
        return Question(
          text: line.question, category: line.category_name,
          gold: Set(unit == .turn ? gold : gold.compactMap { places[$0]?.whole.text }))
      })
  }

  private static func wholes(of pieces: [JudgedCollection.Item]) -> [JudgedCollection.Item] {
    Dictionary(grouping: pieces.filter { $0.place != nil }) { $0.place?.whole.text ?? "" }
      .sorted { $0.key < $1.key }
      .map { id, pieces in
        let ordered = pieces.sorted { ($0.place?.position ?? 0) < ($1.place?.position ?? 0) }
        return .init(
          id: id, text: ordered.map(\.text).joined(separator: "\n"), time: ordered.first?.time)
      }
  }

  private struct TurnLine: Decodable {
    let conv: String
    let id: String
    let speaker: String
    let text: String
    let datetime: String?

    /// The noon of the day that it was said on.
    var time: Date? {
      datetime.flatMap {
        TimeExpression.found(in: $0, writtenAt: .distantPast).first?.interval.from?
          .addingTimeInterval(43_200)
      }
    }

    var document: String { "\(speaker) said, \"\(text)\"" }
  }

  private struct SessionLine: Decodable {
    let conv: String
    let session: Int
    let turn_ids: [String]
  }

  private struct QuestionLine: Decodable {
    let conv: String
    let question: String
    let category_name: String
    let evidence: [String]
  }
}

/// How much of the gold evidence is found, by category and over all.
package struct ConversationReport: Sendable {
  /// The depths at which recall is measured.
  package static let depths = [5, 10, 25, 50]

  /// Recall at each of ``depths``, the mean over all questions.
  package private(set) var overall = depths.map { _ in Mean() }
  /// Recall at each of ``depths`` by category.
  package private(set) var categories: [String: [Mean]] = [:]

  /// Makes a report of no question.
  package init() {}

  /// Takes the answer to one question; one without known evidence counts as found.
  package mutating func add(_ ranking: [String], question: Conversations.Question) {
    var means = categories[question.category] ?? Self.depths.map { _ in Mean() }
    for (index, depth) in Self.depths.enumerated() {
      let recall =
        RankingMetrics.recall(ranking, relevant: question.gold, depth: depth) ?? 1
      overall[index].add(recall)
      means[index].add(recall)
    }
    categories[question.category] = means
  }
}
