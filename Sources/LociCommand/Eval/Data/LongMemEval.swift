import Loci
import LociJSON

/// Questions with a haystack of chats each, as LongMemEval publishes them: a JSON array in one
/// file, which may hold gigabytes; one question is in memory at a time.
final class LongMemEval {
  private let reader: JSONArrayReader

  init(path: String) throws { reader = try JSONArrayReader(path: path) }

  /// The next question with its haystack; nil at the end.
  func next() throws -> JudgedCollection? {
    guard let (instance, line) = try reader.next(as: Instance.self) else { return nil }
    do {
      return try instance.collection()
    } catch {
      throw reader.malformed(line, String(error.message.prefix { $0 != "." }))
    }
  }

  private struct Turn: Decodable {
    let role: String
    let content: String
    let has_answer: Bool?
  }

  private struct Instance: Decodable {
    let question_id: String
    let question_type: String
    let question: String
    let question_date: String?
    let haystack_session_ids: [String]
    let haystack_dates: [String]?
    let haystack_sessions: [[Turn]]
    let answer_session_ids: [String]

    /// What follows from a question's id that ends so: nothing in the haystack answers it.
    private var isAbstention: Bool { question_id.hasSuffix("_abs") }

    func collection() throws(LociError) -> JudgedCollection {
      let ids = haystack_session_ids
      guard ids.count == haystack_sessions.count,
        haystack_dates.map({ $0.count == ids.count }) ?? true
      else {
        throw LociError(.corrupt, "its haystack has not as many ids or dates as sessions.")
      }
      var documents: [JudgedCollection.Document] = []
      var pieces: [RecordID: Int] = [:]
      // A session that a haystack holds twice goes on where it ended.
      var lengths: [RecordID: Int] = [:]
      for (index, turns) in haystack_sessions.enumerated() {
        let session = try RecordID(ids[index])
        let time = haystack_dates.flatMap { WrittenTime.read($0[index]) }
        for turn in turns {
          let position = lengths[session, default: 0]
          lengths[session] = position + 1
          let id = try RecordID("\(ids[index])_\(position + 1)")
          if turn.has_answer == true { pieces[id] = 1 }
          documents.append(
            .init(
              id: id, text: turn.content, place: Place(whole: session, position: position),
              speaker: turn.role, time: time))
        }
      }
      return JudgedCollection(
        name: question_id, documents: documents,
        questions: [try question(isAbstention ? [:] : pieces)])
    }

    private func question(
      _ pieces: [RecordID: Int]
    ) throws(LociError) -> JudgedCollection.Question {
      var wholes: [RecordID: Int] = [:]
      for id in answer_session_ids where !isAbstention { wholes[try RecordID(id)] = 1 }
      var asked = JudgedCollection.Question(
        id: question_id, text: question, category: isAbstention ? "abstention" : question_type,
        time: question_date.flatMap(WrittenTime.read), pieces: pieces, wholes: wholes)
      asked.isUnanswerable = isAbstention
      return asked
    }
  }
}
