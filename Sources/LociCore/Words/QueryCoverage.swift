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

  /// The plain and the weighted share of the telling terms, 0…1.
  package func share(of held: [Bool]) -> (plain: Double, weighted: Double) {
    var (all, own) = ((count: 0.0, weight: 0.0), (count: 0.0, weight: 0.0))
    for case (let weight?, let isHeld) in zip(weights, held) {
      all = (all.count + 1, all.weight + weight)
      if isHeld { own = (own.count + 1, own.weight + weight) }
    }
    guard all.count > 0 else { return (0, 0) }
    return (own.count / all.count, own.weight / all.weight)
  }
}
