import LociCore

/// A search by words among all records of a namespace, one by one.
struct WordSearch {
  private let plan: WordPlan
  /// The query's identifiers.
  private let phrases: [Identifier.Phrase]
  private let rows: [StoredRecord]

  init(_ query: String, among rows: [StoredRecord]) {
    let query = QueryTerms(query)
    let counted = rows.filter { WordStatistics.counted.matches(VectorAttributes(of: $0.record)) }
    plan = WordPlan(
      query, recordCount: counted.count,
      totalLength: counted.reduce(0) { $0 + $1.words.count },
      holders: query.telling.map { term in counted.count { $0.count(of: term.tokens) > 0 } })
    phrases = query.identifiers.flatMap(\.phrases)
    self.rows = rows
  }

  /// The best records that pass the filter; ties by id. Complexity: O(terms × words).
  func best(_ limit: Int, where filter: Filter) -> [LexicalMatch] {
    var best = BestMatches(limit)
    for row in rows where filter.matches(VectorAttributes(of: row.record)) {
      let spelling = phrases.lazy.filter { row.count(of: $0.tokens) > 0 }.map(\.spelling).max()
      let isProposed = plan.proposing.contains { row.count(of: plan.terms[$0].tokens) > 0 }
      guard isProposed || spelling != nil else { continue }
      best.take(plan.match(row.record.id, frequencies(in: row), spelling: spelling))
    }
    return best.matches
  }

  private func frequencies(in row: StoredRecord) -> WordFrequencies {
    let places = plan.terms.map { row.places(of: $0.tokens) }
    return WordFrequencies(
      length: row.words.count, terms: places.map(\.count),
      pairs: plan.statistics.pairs.map { WordPair.count(places[$0.first], places[$0.second]) })
  }
}
