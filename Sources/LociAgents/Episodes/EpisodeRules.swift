public import LociCore

/// When a new segment of an episode begins.
public struct EpisodeRules: Hashable, Sendable {
  /// After a longer pause than this; 30 minutes by default. Nil: pauses count for nothing.
  public var longestPause: Duration?
  /// Where a turn is less similar than this to the one before; 0.75 by default. Nil: what is said
  /// counts for nothing, and nothing is embedded to tell.
  public var leastSimilarity: Similarity?

  /// Makes rules.
  ///
  /// ```swift
  /// let byPauses = EpisodeRules(longestPause: .seconds(600), leastSimilarity: nil)
  /// ```
  public init(
    longestPause: Duration? = .seconds(30 * 60),
    leastSimilarity: Similarity? = Similarity(0.75)
  ) {
    self.longestPause = longestPause
    self.leastSimilarity = leastSimilarity
  }
}
