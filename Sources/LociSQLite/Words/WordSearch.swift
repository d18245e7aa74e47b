import LociCore

/// A search by words: which of the query's terms count, the ranking, and how many each hit holds.
struct WordSearch {
  /// A term and the records that hold it, in rising order; cut off for very common terms.
  private struct Term {
    let phrase: String
    let numbers: [Int64]
    let isCommon: Bool
  }

  /// The rarest terms of a query that are looked for.
  static let maximumTerms = 64
  /// The terms that are looked for where all of them are common: enough to rank by, few enough that
  /// the cost stays bounded.
  static let maximumCommonTerms = 3

  private let connection: Connection
  private let terms: [Term]
  private let expression: String

  /// Looks up the query's terms.
  ///
  /// A term that is in more than a tenth of the records, and in more than 1000, is not looked for
  /// as long as another term remains: it tells little, and it costs most. This holds in any
  /// language, where a list of stop words would not.
  init(_ query: String, _ connection: Connection) throws {
    self.connection = connection
    let recordBound = try connection.integer("SELECT max(number) FROM record")
    let commonCount = Int(max(1000, recordBound / 10))
    terms = try QueryTerms(query).terms.map { tokens in
      let phrase = "\"\(tokens.joined(separator: " "))\""
      let numbers = try connection.rows(
        "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?",
        [.text(phrase), .integer(Int64(commonCount + 1))]
      ) { $0.integer(0) }
      return Term(phrase: phrase, numbers: numbers, isCommon: numbers.count > commonCount)
    }
    let found = terms.filter { !$0.numbers.isEmpty }
    let telling = found.filter { !$0.isCommon }
    expression = (telling.isEmpty ? Array(found.prefix(Self.maximumCommonTerms)) : telling)
      .sorted { $0.numbers.count < $1.numbers.count }
      .prefix(Self.maximumTerms).map(\.phrase).joined(separator: " OR ")
  }

  /// The best records that pass the filter; ties by id.
  ///
  /// The ranking is streamed and stops once the limit is full and the score falls, so a filter
  /// runs before top-k and costs only what it has to.
  func best(_ limit: Int, where filter: Filter) throws -> [LexicalMatch] {
    guard !expression.isEmpty else { return [] }
    let condition = try FilterSQL(filter, table: "record")
    var hits: [(number: Int64, id: RecordID, score: Double)] = []
    try connection.forEach(
      """
      SELECT record.number, record.id, words.rank
      FROM words CROSS JOIN record ON record.number = words.rowid
      WHERE words MATCH ? AND \(condition.sql)
      ORDER BY words.rank
      """,
      [.text(expression)] + condition.values
    ) { row in
      let score = -row.real(2)
      if hits.count >= limit, let last = hits.last, score < last.score { return false }
      hits.append((row.integer(0), try RecordID(row.text(1)), score))
      return true
    }
    hits.sort { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
    return try hits.prefix(limit).map {
      LexicalMatch(id: $0.id, score: $0.score, coverage: try coverage(of: $0.number))
    }
  }

  /// The plain share of the query's distinct terms that a record holds, common ones included.
  private func coverage(of number: Int64) throws -> Double {
    let held = try terms.count { term in
      guard term.isCommon else { return term.numbers.containsSorted(number) }
      return try connection.first(
        "SELECT 1 FROM words WHERE words MATCH ? AND rowid = ?",
        [.text(term.phrase), .integer(number)]
      ) { _ in true } != nil
    }
    return Double(held) / Double(terms.count)
  }
}

extension [Int64] {
  /// Whether a rising array holds a value. Complexity: O(log n).
  fileprivate func containsSorted(_ value: Int64) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == value
  }
}
