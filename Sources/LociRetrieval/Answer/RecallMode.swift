/// Which legs a recall walks on.
public enum RecallMode: String, Hashable, Sendable, Codable, CaseIterable {
  /// By meaning: the nearest vectors.
  case semantic
  /// By words: BM25.
  case lexical
  /// By both, united by reciprocal rank fusion.
  case hybrid
}
