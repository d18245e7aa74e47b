extension RankingMetrics {
  /// The share of the relevant ids among the first `depth`; nil where nothing is relevant.
  package static func recall<ID: Hashable>(
    _ ranking: [ID], relevant: Set<ID>, depth: Int
  ) -> Double? {
    guard !relevant.isEmpty else { return nil }
    let found = ranking.prefix(depth).filter(relevant.contains)
    return Double(found.count) / Double(relevant.count)
  }

  /// 1 where any of the relevant ids is among the first `depth`, else 0; nil where nothing is
  /// relevant. At depth 1 it is what is published as hit@1.
  package static func any<ID: Hashable>(
    _ ranking: [ID], relevant: Set<ID>, depth: Int
  ) -> Double? {
    recall(ranking, relevant: relevant, depth: depth).map { $0 > 0 ? 1 : 0 }
  }

  /// 1 where all of the relevant ids are among the first `depth`, else 0; nil where nothing is
  /// relevant.
  package static func all<ID: Hashable>(
    _ ranking: [ID], relevant: Set<ID>, depth: Int
  ) -> Double? {
    recall(ranking, relevant: relevant, depth: depth).map { $0 < 1 ? 0 : 1 }
  }
}
