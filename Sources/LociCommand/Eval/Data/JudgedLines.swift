import Foundation
import Loci
import LociJSON

/// Judged data of one's own: a line a record, and a line a question.
enum JudgedLines {
  /// Reads `records.jsonl` and `questions.jsonl`; the collections come in the order of their first
  /// record.
  ///
  /// - Throws: ``LociError/Code/corrupt`` with the line's number: also for an id that comes twice,
  ///   and for a question whose answer, or whose collection, no record is.
  static func collections(in folder: URL) throws -> [JudgedCollection] {
    var order: [String] = []
    var groups: [String: Group] = [:]
    _ = try LineReader.forEach(
      folder.appending(path: "records.jsonl").path, as: RecordLine.self
    ) { line, reader, number in
      let name = line.collection ?? ""
      if groups[name] == nil { order.append(name) }
      try groups[name, default: Group()].add(line, reader, number)
    }
    _ = try LineReader.forEach(
      folder.appending(path: "questions.jsonl").path, as: QuestionLine.self
    ) { line, reader, number in
      let name = line.collection ?? ""
      guard groups[name] != nil else {
        throw reader.malformed(number, "no record is of its collection")
      }
      try groups[name]?.add(line, reader, number)
    }
    return order.compactMap { name in
      groups[name].map {
        JudgedCollection(
          name: name.isEmpty ? folder.lastPathComponent : name, documents: $0.documents,
          questions: $0.questions)
      }
    }
  }

  private struct RecordLine: Decodable {
    let id: String
    let text: String
    let collection: String?
    let session: String?
    let position: Int?
    let speaker: String?
    let time: String?
  }

  private struct QuestionLine: Decodable {
    let id: String?
    let text: String
    let collection: String?
    let category: String?
    let time: String?
    let gold: Gold

    /// A list of ids, or their grades by id.
    enum Gold: Decodable {
      case ids([String])
      case grades([String: Int])

      init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let grades = try? value.decode([String: Int].self) {
          self = .grades(grades)
        } else {
          self = .ids(try value.decode([String].self))
        }
      }

      var grades: [String: Int] {
        switch self {
        case .ids(let ids): Dictionary(ids.map { ($0, 1) }) { first, _ in first }
        case .grades(let grades): grades
        }
      }
    }
  }

  /// What is of one collection.
  private struct Group {
    private(set) var documents: [JudgedCollection.Document] = []
    private(set) var questions: [JudgedCollection.Question] = []
    private var ids: Set<RecordID> = []
    private var places: [RecordID: Place] = [:]
    private var lengths: [RecordID: Int] = [:]

    mutating func add(_ line: RecordLine, _ reader: LineReader, _ number: Int) throws {
      let id = try reader.id(line.id, number)
      guard ids.insert(id).inserted else {
        throw reader.malformed(number, "its id was there before")
      }
      if let session = line.session {
        let whole = try reader.id(session, number)
        let position = line.position ?? lengths[whole, default: 0]
        lengths[whole] = max(position, lengths[whole] ?? 0) &+ 1
        places[id] = Place(whole: whole, position: position)
      }
      documents.append(
        .init(
          id: id, text: line.text, place: places[id], speaker: line.speaker,
          time: try JudgedLines.time(line.time, reader, number)))
    }

    mutating func add(_ line: QuestionLine, _ reader: LineReader, _ number: Int) throws {
      guard line.text.contains(where: { !$0.isWhitespace }) else {
        throw reader.malformed(number, "its text is blank")
      }
      var (pieces, wholes): ([RecordID: Int], [RecordID: Int]) = ([:], [:])
      for (text, grade) in line.gold.grades {
        let id = try reader.id(text, number)
        if ids.contains(id) {
          pieces[id] = grade
        } else if lengths[id] != nil {
          wholes[id] = grade
        } else {
          throw reader.malformed(number, "its \"gold\" names no record and no session")
        }
      }
      wholes.merge(pieces.wholes(places)) { max($0, $1) }
      questions.append(
        .init(
          id: line.id ?? "", text: line.text, category: line.category,
          time: try JudgedLines.time(line.time, reader, number), pieces: pieces, wholes: wholes))
    }
  }

  private static func time(_ text: String?, _ reader: LineReader, _ number: Int) throws -> Date? {
    guard let text else { return nil }
    guard let time = WrittenTime.read(text) else {
      throw reader.malformed(number, "its \"time\" is no day or time in ISO 8601")
    }
    return time
  }
}
