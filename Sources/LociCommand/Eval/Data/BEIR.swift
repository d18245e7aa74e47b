import Foundation
import Loci
import LociJSON

/// Documents, queries and judgements in the layout of BEIR.
enum BEIR {
  /// Reads `corpus.jsonl`, `queries.SPLIT.jsonl` or `queries.jsonl`, and `qrels/SPLIT.tsv`.
  ///
  /// A document is its title and its text, joined by a space. Only queries that were judged are
  /// asked, in the file's order, and a document with the query's own id is no answer to it.
  static func collection(in folder: URL, split: String) throws -> JudgedCollection {
    let documents = try documents(folder.appending(path: "corpus.jsonl").path)
    let grades = try grades(folder.appending(path: "qrels/\(split).tsv").path)
    let own = folder.appending(path: "queries.\(split).jsonl").path
    let hasOwn = FileManager.default.fileExists(atPath: own)
    let queries = try queries(
      hasOwn ? own : folder.appending(path: "queries.jsonl").path, judged: grades)
    return JudgedCollection(
      name: folder.lastPathComponent, documents: documents, questions: queries)
  }

  private struct DocumentLine: Decodable {
    let _id: String
    let title: String?
    let text: String
  }

  private static func documents(_ path: String) throws -> [JudgedCollection.Document] {
    var seen: Set<RecordID> = []
    return try LineReader.forEach(path, as: DocumentLine.self) { line, reader, number in
      let id = try reader.id(line._id, number)
      guard seen.insert(id).inserted else {
        throw reader.malformed(number, "its id was there before")
      }
      let title = line.title ?? ""
      return .init(id: id, text: title.isEmpty ? line.text : title + " " + line.text)
    }
  }

  private struct QueryLine: Decodable {
    let _id: String
    let text: String
  }

  private static func queries(
    _ path: String, judged: [String: [RecordID: Int]]
  ) throws -> [JudgedCollection.Question] {
    let lines = try LineReader.decodeAll(path, as: QueryLine.self)
    let queries = lines.compactMap { line in
      judged[line._id].map {
        let grades = $0.filter { $0.key.text != line._id }
        return JudgedCollection.Question(
          id: line._id, text: line.text, pieces: grades, wholes: grades)
      }
    }
    guard Set(queries.map(\.id)).count == judged.count, queries.count == judged.count else {
      throw LociError(
        .corrupt,
        "\(judged.count) queries are judged, but \(Printable.message(path)) holds \(queries.count) "
          + "of them.",
        remedy: "Use the queries and judgements of one split.")
    }
    return queries
  }

  private static func grades(_ path: String) throws -> [String: [RecordID: Int]] {
    let table = try TabSeparated(path: path)
    let query = try table.place(of: "query-id")
    let document = try table.place(of: "corpus-id")
    let score = try table.place(of: "score")
    var grades: [String: [RecordID: Int]] = [:]
    while let row = try table.next() {
      let id = try row.recordID(at: document)
      grades[row.fields[query], default: [:]][id] = try row.integer(at: score)
    }
    return grades
  }
}

extension LineReader {
  /// A record's id that a line names.
  func id(_ text: String, _ number: Int) throws(LociError) -> RecordID {
    do {
      return try RecordID(text)
    } catch {
      throw malformed(number, "it holds an id that can't be one: \(error.message)")
    }
  }
}
