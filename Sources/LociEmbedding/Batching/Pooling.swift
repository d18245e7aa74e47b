package import LociCore

extension EmbeddingSpace.Pooling {
  /// Turns one vector a token into one a text; padding counts for nothing.
  ///
  /// The mean is left as a sum, since the caller scales each vector to length 1.
  /// Complexity: O(states).
  ///
  /// - Parameters:
  ///   - states: [texts, tokens, dimension], one after another.
  ///   - batch: The texts that the states belong to.
  package func pool(_ states: [Float], of batch: TokenBatch, dimension: Int) -> [Float] {
    var pooled: [Float] = []
    pooled.reserveCapacity(batch.count * dimension)
    for text in 0..<batch.count {
      let first = text * batch.length
      let start: Float = self == .max ? -.greatestFiniteMagnitude : 0
      var vector = [Float](repeating: start, count: dimension)
      for token in first..<first + batch.length where batch.mask[token] == 1 {
        for component in 0..<dimension {
          let value = states[token * dimension + component]
          vector[component] =
            self == .max ? Swift.max(vector[component], value) : vector[component] + value
        }
        if self == .cls { break }
      }
      pooled += vector
    }
    return pooled
  }
}
