import LociCore

/// A search by words among all records of a namespace, one by one.
struct WordSearch {
  private let plan: WordPlan
  private let rows: [StoredRecord]

  init(_ query: String, among rows: [StoredRecord]) {
    let query = QueryTerms(query)
    let counted = rows.filter { WordStatistics.counted.matches(VectorAttributes(of: $0.record)) }
    plan = WordPlan(
      query, recordCount: counted.count,
      totalLength: counted.reduce(0) { $0 + $1.words.count },
      holders: query.telling.map { term in counted.count { $0.words.count(of: term.tokens) > 0 } })
    self.rows = rows
  }

  /// The best records that pass the filter; ties by id. Complexity: O(terms × words).
  func best(_ limit: Int, where filter: Filter) -> [LexicalMatch] {
    var best = BestMatches(limit)
    for row in rows where filter.matches(VectorAttributes(of: row.record)) {
      let match = plan.match(row.record.id, row.words)
      if match.spelling != nil
        || plan.proposing.contains(where: { match.frequencies.terms[$0] > 0 })
      {
        best.take(match)
      }
    }
    return best.matches
  }
}
