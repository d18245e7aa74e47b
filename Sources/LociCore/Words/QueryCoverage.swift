import Foundation

/// How much of a query a record holds.
package struct QueryCoverage: Sendable {
  /// A weight for each term; nil where it does not tell.
  private let weights: [Double?]

  /// Takes how many of the store's records hold each term.
  ///
  /// A rare term weighs more: log(1 + (N − n + ½) / (n + ½)), as in BM25 (Robertson and Zaragoza,
  /// 2009). One that no record holds weighs as much as one that a single record does, so that of
  /// two rare words, one is half of the query. A phrase of a script without spaces that no record
  /// holds weighs half of that: it may be the end of a word and the beginning of the next.
  package init(_ terms: [QueryTerms.Term], holders: [Int], of recordCount: Int) {
    weights = zip(terms, holders).map { term, count in
      guard term.isTelling else { return nil }
      let holders = Double(max(1, count))
      let weight = log(1 + (max(0, Double(recordCount) - holders) + 0.5) / (holders + 0.5))
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
