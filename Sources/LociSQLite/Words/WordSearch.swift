import LociCore
import LociSQL

/// A search by words in one namespace: how many records hold each of the query's terms, which of
/// them hold any that tells, and the best of those.
struct WordSearch {
  private let connection: Connection
  private let space: WordSpace
  private let namespace: Namespace
  private let plan: WordPlan
  private let expression: PhraseExpression

  /// Counts the query's terms; nil for a namespace without records.
  init?(_ query: String, in namespace: Namespace, _ connection: Connection) throws {
    guard let space = try WordSpace.find(namespace, connection) else { return nil }
    (self.connection, self.space, self.namespace) = (connection, space, namespace)
    try connection.addOccurrences()
    let query = QueryTerms(query)
    let holders = try query.telling.map {
      try connection.count(of: PhraseExpression.text($0.tokens), in: space.counted)
    }
    plan = WordPlan(
      query, recordCount: space.recordCount, totalLength: space.totalLength, holders: holders)
    expression = PhraseExpression(plan, spelled: query.identifiers.flatMap(\.phrases))
  }

  /// The best records that pass the filter: those that hold identifiers of the query first, then
  /// by score; ties by id.
  ///
  /// A row is looked up only where it would be among the best so far, so that a filter runs before
  /// top-k and costs only what it has to.
  func best(_ limit: Int, where filter: Filter) throws -> [LexicalMatch] {
    guard !expression.isEmpty else { return [] }
    let condition = try FilterSQL(filter, in: namespace, table: "record")
    let sql = "SELECT record.id FROM record WHERE record.number = ? AND \(condition.sql)"
    var best = BestMatches(limit)
    var occurrences = Occurrences(phraseCount: expression.phraseCount)
    try connection.forEach(
      """
      SELECT rowid, \(OccurrencesFunction.name)(words) FROM words
      WHERE words MATCH ? AND rowid BETWEEN ? AND ?
      """, [.text(expression.text), .integer(space.all.lowerBound), .integer(space.all.upperBound)]
    ) { row in
      try occurrences.read(row, 1)
      let found = expression.frequencies(in: occurrences, plan.statistics.pairs)
      let spelling = expression.spelling(in: occurrences)
      guard best.mayTake(plan.scorer.score(found), spelling) else { return true }
      let number = WordSpace.record(row.integer(0))
      let id = try connection.first(sql, [.integer(number)] + condition.values) { $0.text(0) }
      if let id { best.take(plan.match(try RecordID(id), found, spelling: spelling)) }
      return true
    }
    return best.matches
  }
}

/// The expression of a full-text search, and which of its phrases stands for what.
struct PhraseExpression {
  let text: String
  let phraseCount: Int
  /// For each telling term of the query the place of its phrase; nil for one that nothing holds.
  private let terms: [Int?]
  private let spelled: [(phrase: Int, spelling: LexicalMatch.Spelling)]

  var isEmpty: Bool { text.isEmpty }

  init(_ plan: WordPlan, spelled: [Identifier.Phrase]) {
    let phrases = plan.terms.map { Self.text($0.tokens) }
    let proposing = plan.proposing.map { phrases[$0] } + spelled.map { Self.text($0.tokens) }
    // What every row may hold is asked for only beside what proposes rows.
    let others = plan.terms.indices.filter {
      plan.statistics.holders[$0] > 0 && !plan.proposing.contains($0)
    }
    let either = proposing.joined(separator: " OR ")
    if others.isEmpty || proposing.isEmpty {
      (text, phraseCount) = (either, proposing.count)
    } else {
      let all = (proposing + others.map { phrases[$0] }).joined(separator: " OR ")
      (text, phraseCount) = ("(\(either)) AND (\(all))", 2 * proposing.count + others.count)
    }
    var places = [Int?](repeating: nil, count: phrases.count)
    for (index, term) in plan.proposing.enumerated() { places[term] = index }
    for (index, term) in others.enumerated() { places[term] = 2 * proposing.count + index }
    terms = places
    self.spelled = spelled.enumerated().map { (plan.proposing.count + $0, $1.spelling) }
  }

  /// A phrase: words hold no quotes.
  static func text(_ tokens: [String]) -> String { "\"\(tokens.joined(separator: " "))\"" }

  /// What a row holds of the query.
  func frequencies(in row: Occurrences, _ pairs: [WordPair]) -> WordFrequencies {
    WordFrequencies(
      length: row.length, terms: terms.map { $0.map(row.count) ?? 0 },
      pairs: pairs.map { pair in
        guard let first = terms[pair.first], let second = terms[pair.second],
          row.count(of: first) > 0, row.count(of: second) > 0
        else { return 0 }
        return WordPair.count(row.places(of: first), row.places(of: second))
      })
  }

  /// How a row spells the query's identifiers.
  func spelling(in row: Occurrences) -> LexicalMatch.Spelling? {
    spelled.lazy.filter { row.count(of: $0.phrase) > 0 }.map(\.spelling).max()
  }
}

extension Connection {
  /// How many rows hold a phrase, within a stretch.
  fileprivate func count(of phrase: String, in rows: ClosedRange<Int64>) throws -> Int {
    Int(
      try integer(
        "SELECT count(*) FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?",
        [.text(phrase), .integer(rows.lowerBound), .integer(rows.upperBound)]))
  }
}
