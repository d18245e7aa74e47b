import Foundation

/// How good a ranked list is, given what is relevant: a file for each kind of measure.
///
/// Rankings hold ids, best first, without repetition.
package enum RankingMetrics {
  /// Normalised discounted cumulative gain at a depth, as trec_eval and BEIR compute it: the gain
  /// is the grade, the discount log2(rank + 1) (Järvelin and Kekäläinen, 2002).
  ///
  /// - Parameters:
  ///   - ranking: Ids, best first, without repetition.
  ///   - grades: Each judged id's grade; what is not there, or not above 0, is not relevant.
  /// - Returns: 0…1; 0 where nothing is relevant.
  package static func nDCG<ID: Hashable>(
    _ ranking: [ID], grades: [ID: Int], depth: Int
  ) -> Double {
    let gains = ranking.prefix(depth).map { Double(max(0, grades[$0] ?? 0)) }
    let ideal = grades.values.filter { $0 > 0 }.sorted(by: >).prefix(depth).map(Double.init)
    let best = discounted(ideal)
    return best > 0 ? discounted(gains) / best : 0
  }

  private static func discounted(_ gains: some Sequence<Double>) -> Double {
    gains.enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset + 2)) }
  }
}
