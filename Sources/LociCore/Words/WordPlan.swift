/// What a store looks for, decided alike in all of them once it has counted.
package struct WordPlan: Sendable {
  /// The terms that may propose records.
  package static let maximumProposing = 64
  /// The terms that propose where all of them are common: enough to rank by, few enough that the
  /// cost stays bounded.
  package static let maximumCommon = 3

  /// The telling terms of the query, in its order; all are scored.
  package let terms: [QueryTerms.Term]
  /// What is the same for all records.
  package let statistics: WordStatistics
  /// What they score.
  package let scorer: WordScorer
  /// What of the query a record holds.
  package let coverage: QueryCoverage
  /// Which terms propose records, by their places among ``terms``.
  ///
  /// A term that is in more than a tenth of the records, and in more than 1000, proposes none as
  /// long as another is held at all: it tells little, and it costs most. It still counts in what
  /// others propose.
  package let proposing: [Int]
  /// The query's identifiers, in every spelling.
  private let spellings: [Identifier.Phrase]

  /// Takes what was counted among the records that count; see ``WordStatistics/counted``.
  package init(_ query: QueryTerms, recordCount: Int, totalLength: Int, holders: [Int]) {
    let terms = query.telling
    self.init(
      query,
      WordStatistics(
        recordCount: recordCount, totalLength: totalLength, holders: holders, pairs: query.pairs,
        joined: Set(terms.indices.filter { terms[$0].role == .joined })))
  }

  /// Takes what a search of the same query has counted.
  package init(_ query: QueryTerms, _ statistics: WordStatistics) {
    terms = query.telling
    spellings = query.identifiers.flatMap(\.phrases)
    self.statistics = statistics
    scorer = WordScorer(.standard, statistics)
    coverage = QueryCoverage(terms, in: statistics)
    let (holders, recordCount) = (statistics.holders, statistics.recordCount)
    let common = holders.indices.filter { holders[$0] > max(1000, recordCount / 10) }
    let rare = Set(holders.indices).subtracting(common)
      .sorted { (holders[$0], $0) < (holders[$1], $1) }
    let isHeld = rare.contains { holders[$0] > 0 }
    let needed = isHeld ? [] : Array(common.prefix(Self.maximumCommon))
    proposing = Array(rare.prefix(Self.maximumProposing)) + needed
  }

  /// Makes a match of a record's words, whether a search would propose it or not. Complexity:
  /// O(terms × words).
  package func match(_ id: RecordID, _ words: RecordWords) -> LexicalMatch {
    let places = terms.map { words.places(of: $0.tokens) }
    let frequencies = WordFrequencies(
      length: words.count, terms: places.map(\.count),
      pairs: statistics.pairs.map { WordPair.count(places[$0.first], places[$0.second]) })
    let spelling = spellings.lazy.filter { words.count(of: $0.tokens) > 0 }.map(\.spelling).max()
    return match(id, frequencies, spelling: spelling)
  }

  /// Makes a match of what a record holds.
  package func match(
    _ id: RecordID, _ frequencies: WordFrequencies, spelling: LexicalMatch.Spelling?
  ) -> LexicalMatch {
    LexicalMatch(
      id: id, frequencies, in: statistics,
      coverage: coverage.share(of: frequencies.terms.map { $0 > 0 }), spelling: spelling)
  }
}
