/// How widely a recall looks for candidates. Whatever it finds is judged by the question itself.
public enum RecallEffort: String, Hashable, Sendable, Codable, CaseIterable {
  /// By meaning first; by words only where that gives fewer hits than are asked for.
  case fast
  /// By meaning and by words.
  case normal
  /// By at most three variants of the question: itself, its telling words, and its longest clause.
  case deep
}
