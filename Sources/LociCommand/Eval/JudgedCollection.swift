package import Foundation
package import Loci

/// Documents, queries and judgements in the layout of BEIR.
package struct JudgedCollection: Sendable {
  /// A text with its id.
  package struct Item: Hashable, Sendable {
    /// The id.
    package let id: String
    /// The text.
    package let text: String
    /// The whole that it is a part of, and its place in that.
    package let place: Place?
    /// When it was said.
    package let time: Date?

    /// Makes an item.
    package init(id: String, text: String, place: Place? = nil, time: Date? = nil) {
      self.id = id
      self.text = text
      self.place = place
      self.time = time
    }
  }

  /// The documents that have a text: title and text, joined by a space.
  package let documents: [Item]
  /// How many documents have none.
  package let emptyCount: Int
  /// The queries that have a judgement, in the file's order.
  package let queries: [Item]
  /// For each query the grades of the documents that were judged.
  package let grades: [String: [String: Int]]

  /// Reads `corpus.jsonl`, `queries.SPLIT.jsonl` or `queries.jsonl`, and `qrels/SPLIT.tsv`.
  package init(folder: String, split: String) throws {
    let folder = URL(filePath: folder, directoryHint: .isDirectory)
    let all = try Self.documents(folder.appending(path: "corpus.jsonl").path)
    documents = all.filter { $0.text.contains { !$0.isWhitespace } }
    emptyCount = all.count - documents.count
    let grades = try Self.grades(folder.appending(path: "qrels/\(split).tsv").path)
    let ownQueries = folder.appending(path: "queries.\(split).jsonl").path
    let hasOwn = FileManager.default.fileExists(atPath: ownQueries)
    queries = try Self.queries(
      hasOwn ? ownQueries : folder.appending(path: "queries.jsonl").path, judged: grades)
    self.grades = grades
  }

  private struct DocumentLine: Decodable {
    let _id: String
    let title: String?
    let text: String
  }

  private static func documents(_ path: String) throws -> [Item] {
    var seen: Set<String> = []
    return try LineReader.forEach(path, as: DocumentLine.self) { line, reader, number in
      guard seen.insert(line._id).inserted else {
        throw reader.malformed(number, "its id was there before")
      }
      let title = line.title ?? ""
      return Item(id: line._id, text: title.isEmpty ? line.text : title + " " + line.text)
    }
  }

  private struct QueryLine: Decodable {
    let _id: String
    let text: String
  }

  private static func queries(
    _ path: String, judged: [String: [String: Int]]
  ) throws -> [Item] {
    let queries = try LineReader.decodeAll(path, as: QueryLine.self)
      .filter { judged[$0._id] != nil }.map { Item(id: $0._id, text: $0.text) }
    guard Set(queries.map(\.id)).count == judged.count, queries.count == judged.count else {
      throw LociError(
        .corrupt,
        "\(judged.count) queries are judged, but \(Printable.message(path)) holds \(queries.count) "
          + "of them.",
        remedy: "Use the queries and judgements of one split.")
    }
    return queries
  }

  private static func grades(_ path: String) throws -> [String: [String: Int]] {
    let table = try TabSeparated(path: path)
    let query = try table.place(of: "query-id")
    let document = try table.place(of: "corpus-id")
    let score = try table.place(of: "score")
    var grades: [String: [String: Int]] = [:]
    while let row = try table.next() {
      grades[row.fields[query], default: [:]][row.fields[document]] = try row.integer(at: score)
    }
    return grades
  }
}

/// How well judged documents are found.
package struct RetrievalReport: Sendable {
  /// Normalised discounted cumulative gain at 10, the mean over queries.
  package private(set) var nDCG = Mean()
  /// Recall at 10, the mean over queries.
  package private(set) var recallAt10 = Mean()
  /// Recall at 100, the mean over queries.
  package private(set) var recallAt100 = Mean()

  /// How many hits a query needs: one more than is looked at, since its own id does not count.
  package static let depth = 101

  /// Makes a report of no query.
  package init() {}

  /// Takes the answer to one query.
  ///
  /// A document with the query's own id is no hit, as in BEIR.
  package mutating func add(_ ranking: [String], query: String, grades: [String: Int]) {
    let ranking = ranking.filter { $0 != query }
    let relevant = Set(grades.filter { $0.value > 0 }.keys)
    nDCG.add(RankingMetrics.nDCG(ranking, grades: grades, depth: 10))
    recallAt10.add(RankingMetrics.recall(ranking, relevant: relevant, depth: 10) ?? 0)
    recallAt100.add(RankingMetrics.recall(ranking, relevant: relevant, depth: 100) ?? 0)
  }
}
