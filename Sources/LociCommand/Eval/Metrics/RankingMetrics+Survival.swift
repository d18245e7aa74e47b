extension RankingMetrics {
  /// Of the relevant ids among the first `depth`, the share that was packed; nil where none of them
  /// was found.
  package static func survival<ID: Hashable>(
    _ ranking: [ID], relevant: Set<ID>, packed: Set<ID>, depth: Int
  ) -> Double? {
    let found = ranking.prefix(depth).filter(relevant.contains)
    guard !found.isEmpty else { return nil }
    return Double(found.count(where: packed.contains)) / Double(found.count)
  }
}
