extension RankingMetrics {
  /// One over the rank, from 1, of the first relevant id; 0 where none was found, and nil where
  /// nothing is relevant. Its mean over questions is the mean reciprocal rank (MRR).
  package static func reciprocalRank<ID: Hashable>(
    _ ranking: [ID], relevant: Set<ID>
  ) -> Double? {
    guard !relevant.isEmpty else { return nil }
    return ranking.firstIndex(where: relevant.contains).map { 1 / Double($0 + 1) } ?? 0
  }
}
