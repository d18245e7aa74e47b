import Foundation

/// How good a ranked list is, given what is relevant.
package enum RankingMetrics {
  /// Normalised discounted cumulative gain at a depth, as trec_eval and BEIR compute it: the gain
  /// is the grade, the discount log2(rank + 1).
  ///
  /// - Parameters:
  ///   - ranking: Ids, best first, without repetition.
  ///   - grades: Each judged id's grade; what is not there, or not above 0, is not relevant.
  /// - Returns: 0…1; 0 where nothing is relevant.
  package static func nDCG(
    _ ranking: [String], grades: [String: Int], depth: Int
  ) -> Double {
    let gains = ranking.prefix(depth).map { Double(max(0, grades[$0] ?? 0)) }
    let ideal = grades.values.filter { $0 > 0 }.sorted(by: >).prefix(depth).map(Double.init)
    let best = discounted(ideal)
    return best > 0 ? discounted(gains) / best : 0
  }

  /// The share of the relevant ids among the first `depth`; nil where nothing is relevant.
  package static func recall(
    _ ranking: [String], relevant: Set<String>, depth: Int
  ) -> Double? {
    guard !relevant.isEmpty else { return nil }
    let found = ranking.prefix(depth).filter(relevant.contains)
    return Double(found.count) / Double(relevant.count)
  }

  private static func discounted(_ gains: some Sequence<Double>) -> Double {
    gains.enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset + 2)) }
  }
}

/// The mean of numbers that come one by one.
package struct Mean: Sendable {
  /// How many numbers there were.
  package private(set) var count = 0
  private var sum = 0.0

  /// Makes a mean of nothing.
  package init() {}

  /// Takes another number.
  package mutating func add(_ value: Double) {
    count += 1
    sum += value
  }

  /// The mean; nil of nothing.
  package var value: Double? { count > 0 ? sum / Double(count) : nil }
}
