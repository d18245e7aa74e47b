package import Loci

/// What is measured of the answer to one question.
package enum Measure: Hashable, Sendable {
  /// The share of what is relevant among the first so many.
  case recall(Int)
  /// Whether any of it is among the first so many.
  case any(Int)
  /// Whether all of it is.
  case all(Int)
  /// Normalised discounted cumulative gain of the first so many.
  case nDCG(Int)
  /// One over the rank of the first that is relevant.
  case reciprocalRank

  /// Its name in JSON: `recall_at_10`, `hit_at_1`, `mrr`.
  package var name: String {
    switch self {
    case .recall(let depth): "recall_at_\(depth)"
    case .any(1): "hit_at_1"
    case .any(let depth): "any_at_\(depth)"
    case .all(let depth): "all_at_\(depth)"
    case .nDCG(let depth): "ndcg_at_\(depth)"
    case .reciprocalRank: "mrr"
    }
  }

  /// What a ranking is worth, 0…1; nil where nothing is relevant.
  ///
  /// - Parameter grades: Each judged id's grade; what is not above 0 is not relevant.
  package func value(of ranking: [RecordID], grades: [RecordID: Int]) -> Double? {
    let relevant = Set(grades.lazy.filter { $0.value > 0 }.map(\.key))
    guard !relevant.isEmpty else { return nil }
    switch self {
    case .recall(let depth):
      return RankingMetrics.recall(ranking, relevant: relevant, depth: depth)
    case .any(let depth): return RankingMetrics.any(ranking, relevant: relevant, depth: depth)
    case .all(let depth): return RankingMetrics.all(ranking, relevant: relevant, depth: depth)
    case .nDCG(let depth): return RankingMetrics.nDCG(ranking, grades: grades, depth: depth)
    case .reciprocalRank: return RankingMetrics.reciprocalRank(ranking, relevant: relevant)
    }
  }

  /// Those that are printed, for answers of so many hits.
  package static func printed(upTo depth: Int) -> [Measure] {
    let depths = [1, 5, 10, 25, 50, 100].filter { $0 <= depth }
    return [.any(1), .reciprocalRank, .nDCG(10)] + depths.map(recall)
      + depths.dropFirst().map(any) + depths.dropFirst().map(all)
  }
}
