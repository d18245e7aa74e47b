import Foundation
import Loci
import LociJSON

/// Conversations with questions and the turns that answer them, in the layout of LoCoMo: a line a
/// turn, a session, a question.
enum LoCoMo {
  /// Reads `turns.jsonl`, `sessions.jsonl` and `questions.jsonl`; the conversations come in the
  /// order of their first turn. Evidence that names no turn is left out.
  static func collections(in folder: URL) throws -> [JudgedCollection] {
    let sessions = try read(folder, "sessions.jsonl") { (line: SessionLine) in line }
    var places: [String: [String: Place]] = [:]
    var times: [String: Date] = [:]
    for session in sessions {
      let whole = try RecordID("session \(session.session)")
      for (position, turn) in session.turn_ids.enumerated() {
        places[session.conv, default: [:]][turn] = Place(whole: whole, position: position)
      }
      times["\(session.conv)\n\(whole)"] = session.datetime.flatMap(WrittenTime.read)
    }
    var order: [String] = []
    var turns: [String: [JudgedCollection.Document]] = [:]
    for (conversation, var document) in try read(
      folder, "turns.jsonl",
      { (line: TurnLine) in
        (line.conv, try line.document())
      })
    {
      if turns[conversation] == nil { order.append(conversation) }
      document.place = places[conversation]?[document.id.text]
      document.time = document.place.flatMap { times["\(conversation)\n\($0.whole)"] }
      turns[conversation, default: []].append(document)
    }
    let questions = try read(folder, "questions.jsonl") { (line: QuestionLine) in
      (line.conv, try line.question(places[line.conv] ?? [:]))
    }
    let questionsOf = Dictionary(grouping: questions, by: \.0)
    return order.map { id in
      JudgedCollection(
        name: id, documents: turns[id] ?? [], questions: (questionsOf[id] ?? []).map(\.1))
    }
  }

  private static func read<Row: Decodable, Value>(
    _ folder: URL, _ name: String, _ make: (Row) throws -> Value
  ) throws -> [Value] {
    try LineReader.forEach(folder.appending(path: name).path, as: Row.self) { row, reader, number in
      do {
        return try make(row)
      } catch let error as LociError {
        throw reader.malformed(number, "it holds an id that can't be one: \(error.message)")
      }
    }
  }

  private struct TurnLine: Decodable {
    let conv: String
    let id: String
    let speaker: String
    let text: String

    func document() throws(LociError) -> JudgedCollection.Document {
      JudgedCollection.Document(
        id: try RecordID(id), text: "\(speaker) said, \"\(text)\"", speaker: speaker)
    }
  }

  private struct SessionLine: Decodable {
    let conv: String
    let session: Int
    let datetime: String?
    let turn_ids: [String]
  }

  private struct QuestionLine: Decodable {
    let conv: String
    let id: String?
    let question: String
    let category_name: String
    let evidence: [String]

    func question(_ places: [String: Place]) throws(LociError) -> JudgedCollection.Question {
      var pieces: [RecordID: Int] = [:]
      for turn in evidence where places[turn] != nil { pieces[try RecordID(turn)] = 1 }
      let wholes = evidence.compactMap { places[$0]?.whole }
      return JudgedCollection.Question(
        id: id ?? "", text: question, category: category_name, pieces: pieces,
        wholes: Dictionary(wholes.map { ($0, 1) }) { first, _ in first })
    }
  }
}
