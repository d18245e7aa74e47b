/// Token ids of several texts, padded at their ends to the longest.
package struct TokenBatch: Sendable, Hashable {
  /// The ids, text after text; padding has id 0.
  package let ids: [Int32]
  /// 1 for a token, 0 for padding; as many as there are ids.
  package let mask: [Int32]
  /// The tokens of each text, without padding.
  package let lengths: [Int]
  /// The number of texts.
  package var count: Int { lengths.count }
  /// The number of tokens per text, padding included.
  package let length: Int

  /// Pads texts to the longest.
  package init(_ texts: some Collection<[Int32]>) {
    lengths = texts.map(\.count)
    length = lengths.max() ?? 0
    var (ids, mask): ([Int32], [Int32]) = ([], [])
    ids.reserveCapacity(lengths.count * length)
    mask.reserveCapacity(lengths.count * length)
    for text in texts {
      ids += text
      mask += repeatElement(1, count: text.count)
      ids += repeatElement(0, count: length - text.count)
      mask += repeatElement(0, count: length - text.count)
    }
    self.ids = ids
    self.mask = mask
  }

  /// The ids end to end, without padding. Complexity: O(tokens).
  package var tokens: [Int32] {
    lengths.enumerated().flatMap { ids[$0 * length..<$0 * length + $1] }
  }

  /// Leaves the rows of padding out of states [texts, tokens, dimension]. Complexity: O(states).
  package func withoutPadding(_ states: [Float], dimension: Int) -> [Float] {
    lengths.enumerated().flatMap { text, count in
      states[text * length * dimension..<(text * length + count) * dimension]
    }
  }
}

/// What a vector stands for.
package enum VectorUnit: Sendable {
  /// One vector a text, pooled.
  case text
  /// One vector a token, as the last layer has it; none for padding.
  case token
}

/// A model loaded into an inference engine.
package protocol InferenceSession: Sendable {
  /// Prepares one run.
  func makeRun() throws -> any InferenceRun
}

/// One use of a session. It blocks its thread, so it belongs on an executor of its own.
package protocol InferenceRun: Sendable {
  /// Computes the vector of each unit, one after another; their lengths mean nothing.
  ///
  /// - Throws: ``LociError/Code/engine`` where the engine fails, or was stopped;
  ///   ``LociError/Code/unsupported`` where the model gives no vectors of tokens.
  func vectors(of batch: TokenBatch, per unit: VectorUnit) throws -> [Float]

  /// Makes the run in progress, or a later one, end early with an error. Any thread may call it.
  func stop()
}

extension InferenceRun {
  /// Computes the pooled vector of each text.
  package func vectors(of batch: TokenBatch) throws -> [Float] {
    try vectors(of: batch, per: .text)
  }
}
