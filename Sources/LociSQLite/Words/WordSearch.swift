import LociCore
import LociSQL

/// A search by words: which of the query's terms count, the ranking, and how many each hit holds.
struct WordSearch {
  /// A term and the records that hold it, in rising order; cut off for very common terms.
  private struct Term {
    let phrase: String
    let numbers: [Int64]
    let isCommon: Bool
    let isTelling: Bool
  }

  /// The rarest terms of a query that are looked for.
  static let maximumTerms = 64
  /// The terms that are looked for where all of them are common: enough to rank by, few enough that
  /// the cost stays bounded.
  static let maximumCommonTerms = 3

  private let connection: Connection
  private let terms: [Term]
  private let coverage: QueryCoverage
  /// Joined words that some records hold, and not too many.
  private let phrases: [LexicalMatch.Spelling: [String]]
  private let expression: String

  /// Looks up the query's terms. Only those that tell are looked for.
  ///
  /// A term that is in more than a tenth of the records, and in more than 1000, is not looked for
  /// as long as another term remains: it tells little, and it costs most.
  init(_ query: String, _ connection: Connection) throws {
    self.connection = connection
    let query = QueryTerms(query)
    let recordBound = Int(try connection.integer("SELECT max(number) FROM record"))
    let commonCount = max(1000, recordBound / 10)
    terms = try query.terms.map { term in
      let phrase = Self.phrase(term.tokens)
      let numbers = try connection.holders(of: phrase, atMost: commonCount + 1)
      return Term(
        phrase: phrase, numbers: numbers, isCommon: numbers.count > commonCount,
        isTelling: term.isTelling)
    }
    coverage = QueryCoverage(
      query.terms, holders: terms.map(\.numbers.count), of: recordBound)
    phrases = try query.identifiers.flatMap(\.phrases).reduce(into: [:]) { phrases, found in
      let phrase = Self.phrase(found.tokens)
      let bound = Identifier.maximumHolders(found, of: recordBound)
      let limit = bound == .max ? 1 : bound + 1
      let count = try connection.holders(of: phrase, atMost: limit).count
      if (1...bound).contains(count) { phrases[found.spelling, default: []].append(phrase) }
    }
    let found = terms.filter { $0.isTelling && !$0.numbers.isEmpty }
    let rare = found.filter { !$0.isCommon }
    expression = Self.any(
      (rare.isEmpty ? Array(found.prefix(Self.maximumCommonTerms)) : rare)
        .sorted { $0.numbers.count < $1.numbers.count }
        .prefix(Self.maximumTerms).map(\.phrase))
  }

  private static func phrase(_ tokens: [String]) -> String {
    "\"\(tokens.joined(separator: " "))\""
  }

  private static func any(_ phrases: [String]) -> String {
    phrases.joined(separator: " OR ")
  }

  /// The best records that pass the filter: those that hold joined words of the query first, then
  /// by score; ties by id.
  func best(
    _ limit: Int, in namespace: Namespace, where filter: Filter
  ) throws -> [LexicalMatch] {
    let condition = try FilterSQL(filter, in: namespace, table: "record")
    var matches: [LexicalMatch] = []
    var taken: Set<Int64> = []
    for (spelling, phrases) in phrases.sorted(by: { $0.key > $1.key }) {
      // Only records with a phrase, ranked by all that they hold of the query.
      let all = Self.any(phrases + (expression.isEmpty ? [] : [expression]))
      matches += try best(
        limit, matching: "(\(Self.any(phrases))) AND (\(all))", condition, spelling, &taken)
    }
    return try matches + best(limit, matching: expression, condition, nil, &taken)
  }

  /// The best records of one kind that were not taken yet, up to a limit for all of them.
  ///
  /// The ranking is streamed and stops once the limit is full and the score falls, so a filter
  /// runs before top-k and costs only what it has to.
  private func best(
    _ limit: Int, matching expression: String, _ condition: FilterSQL,
    _ spelling: LexicalMatch.Spelling?, _ taken: inout Set<Int64>
  ) throws -> [LexicalMatch] {
    let limit = limit - taken.count
    guard limit > 0, !expression.isEmpty else { return [] }
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
      let (number, score) = (row.integer(0), -row.real(2))
      guard !taken.contains(number) else { return true }
      if hits.count >= limit, let last = hits.last, score < last.score { return false }
      hits.append((number, try RecordID(row.text(1)), score))
      return true
    }
    hits.sort { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
    taken.formUnion(hits.prefix(limit).map(\.number))
    return try hits.prefix(limit).map { hit in
      let share = coverage.share(of: try terms.map { try holds($0, hit.number) })
      return LexicalMatch(
        id: hit.id, score: hit.score, named: "bm25", coverage: share, spelling: spelling)
    }
  }

  /// Whether a record holds a telling term; the others don't count.
  private func holds(_ term: Term, _ number: Int64) throws -> Bool {
    guard term.isTelling else { return false }
    guard term.isCommon else { return term.numbers.containsSorted(number) }
    return try connection.first(
      "SELECT 1 FROM words WHERE words MATCH ? AND rowid = ?",
      [.text(term.phrase), .integer(number)]
    ) { _ in true } != nil
  }
}

extension Connection {
  /// The first records that hold a phrase, in rising order.
  fileprivate func holders(of phrase: String, atMost limit: Int) throws -> [Int64] {
    try rows(
      "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?",
      [.text(phrase), .integer(Int64(limit))]
    ) { $0.integer(0) }
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
