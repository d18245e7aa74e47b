/// Reciprocal rank fusion: a candidate's score is the sum of 1 / (k + rank) over the legs that
/// found it, ranks counted from 1.
///
/// Source: Cormack, Clarke and Büttcher, SIGIR 2009, with their k = 60. The sum is divided by the
/// largest possible one, so that 1 means "first in every leg".
package struct ReciprocalRankFusion: Sendable {
  package static let policy = "rrf"

  package var k = 60.0

  package init() {}

  /// The score of one candidate, 0…1.
  ///
  /// - Parameters:
  ///   - ranks: Its rank in each leg that found it.
  ///   - legCount: How many legs were asked and answered; at least as many as there are ranks.
  package func score(ofRanks ranks: [Int], legCount: Int) -> Double {
    guard legCount > 0 else { return 0 }
    let best = Double(legCount) / (k + 1)
    return ranks.reduce(0) { $0 + 1 / (k + Double($1)) } / best
  }
}
