/// How much of a query a record holds.
package struct QueryCoverage: Sendable {
  /// A weight for each telling term; nil where it does not count.
  private let weights: [Double?]

  /// Takes the telling terms of a query, and how many records hold each.
  ///
  /// A rare term weighs more; see ``BM25/rarity(ofHolders:of:)``. One that no record holds weighs
  /// as much as one that a single record does, so that of two rare words, one is half of the query.
  /// A phrase of a script without spaces that no record holds weighs half of that: it may be the
  /// end of a word and the beginning of the next. A phrase asks for nothing that its words don't.
  package init(_ terms: [QueryTerms.Term], in statistics: WordStatistics) {
    weights = zip(terms, statistics.holders).map { term, count in
      guard term.role == .word else { return nil }
      let weight = BM25.rarity(ofHolders: max(1, count), of: statistics.recordCount)
      return term.tokens.count > 1 && count == 0 ? weight / 2 : weight
    }
  }

  /// What is held, of which all terms are said in the query's order.
  package func share(of held: [Bool]) -> LexicalMatch.Coverage {
    let telling = zip(weights, held).compactMap { weight, isHeld in
      weight.map { (weight: $0, isHeld: isHeld) }
    }
    let all = telling.reduce(0) { $0 + $1.weight }
    guard all > 0 else { return LexicalMatch.Coverage() }
    return LexicalMatch.Coverage(
      count: Double(telling.count(where: \.isHeld)) / Double(telling.count),
      terms: telling.map { $0.isHeld ? $0.weight / all : 0 })
  }
}
