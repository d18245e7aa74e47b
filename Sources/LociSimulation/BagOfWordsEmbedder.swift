import Foundation
public import LociCore

/// An embedder without a model, for an app's tests: each word adds a fixed pseudo-random direction,
/// so texts that share words are similar, and every run gives the same vectors. It knows no
/// meaning.
///
/// ```swift
/// let memory = Memory.inMemory(embedder: BagOfWordsEmbedder())
/// ```
public struct BagOfWordsEmbedder: Embedder {
  /// The space of its vectors.
  public let space: EmbeddingSpace

  /// Makes an embedder; another revision makes another space with other vectors.
  public init(dimension: Int = 64, revision: String = "1", maximumTokens: Int = 256) {
    space = EmbeddingSpace(
      provider: "test", model: "bag-of-words", revision: revision, dimension: dimension,
      pooling: .mean, maximumTokens: maximumTokens)
  }

  /// One vector per text, in order.
  ///
  /// - Throws: `CancellationError`.
  /// - Complexity: O(n) in words and dimensions.
  public func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [Embedding] {
    try Task.checkCancellation()
    return try texts.map { text in
      let words = Self.words(text)
      let kept = words.prefix(space.maximumTokens)
      var sum = [Float](repeating: 1e-3, count: space.dimension)
      for word in kept {
        for (index, component) in components(of: word).enumerated() { sum[index] += component }
      }
      return Embedding(
        vector: try UnitVector(normalizing: sum), tokenCount: kept.count,
        isTruncated: words.count > kept.count)
    }
  }

  /// One vector per word.
  ///
  /// - Throws: `CancellationError`.
  /// - Complexity: O(n) in words and dimensions.
  public func embedTokens(
    _ texts: [String], as role: EmbeddingRole
  ) async throws -> [[UnitVector]] {
    try Task.checkCancellation()
    return try texts.map { text in
      try Self.words(text).prefix(space.maximumTokens)
        .map { try UnitVector(normalizing: components(of: $0)) }
    }
  }

  private func components(of word: Substring) -> [Float] {
    var generator = SeededGenerator(seed: Self.seed(of: space.revision + word))
    return (0..<space.dimension).map { _ in Float.random(in: -1...1, using: &generator) }
  }

  /// How many words a text has.
  public func tokenCount(of text: String) throws -> Int { Self.words(text).count }

  private static func words(_ text: String) -> [Substring] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map { $0 }
  }

  /// FNV-1a, 64 bits.
  private static func seed(of text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
