/// What a recall returns.
public enum RecallUnit: String, Hashable, Sendable, Codable, CaseIterable {
  /// Records as they are: turns of an episode, chunks of a file, single memories.
  case piece
  /// The wholes that they are parts of, each once, with the ids of the pieces that were found. A
  /// record that is no part of a whole stands for itself.
  case whole
}
