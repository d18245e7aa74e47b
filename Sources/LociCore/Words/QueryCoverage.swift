import Foundation

/// How much of a query a record holds.
package struct QueryCoverage: Sendable {
  private let weights: [Double]

  /// Takes how many of the store's records hold each term.
  ///
  /// A rare term weighs more: log(1 + (N − n + ½) / (n + ½)), as in BM25 (Robertson and Zaragoza,
  /// 2009). One that no record holds weighs as much as one that a single record does, so that of
  /// two rare words, one is half of the query. A phrase of a script without spaces that no record
  /// holds weighs half of that: it may be the end of a word and the beginning of the next.
  package init(_ terms: [[String]], holders: [Int], of recordCount: Int) {
    weights = zip(terms, holders).map { term, count in
      let holders = Double(max(1, count))
      let weight = log(1 + (max(0, Double(recordCount) - holders) + 0.5) / (holders + 0.5))
      return term.count > 1 && count == 0 ? weight / 2 : weight
    }
  }

  /// The plain and the weighted share of the terms, 0…1.
  package func share(of held: [Bool]) -> (plain: Double, weighted: Double) {
    guard !weights.isEmpty else { return (0, 0) }
    let weight = zip(weights, held).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    return (
      Double(held.count { $0 }) / Double(weights.count), weight / weights.reduce(0, +)
    )
  }
}
