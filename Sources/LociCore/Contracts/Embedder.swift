/// Turns texts into unit vectors of one space.
public protocol Embedder: Sendable {
  /// The space of every vector that this embedder makes.
  var space: EmbeddingSpace { get }

  /// Embeds texts; one answer per text, in the texts' order.
  ///
  /// A text gets the same vector alone and among others (cosine > 0.99999). Cancelling the task
  /// stops the work.
  /// - Parameters:
  ///   - texts: Any number of texts; an empty text is embedded like any other.
  ///   - role: Which of the space's prefixes goes before each text.
  func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [Embedding]

  /// The number of tokens of a text, without special tokens and prefix, before any cut.
  func tokenCount(of text: String) throws -> Int
}

extension Embedder {
  /// Embeds one text.
  public func embed(_ text: String, as role: EmbeddingRole) async throws -> Embedding {
    guard let embedding = try await embed([text], as: role).first else {
      throw LociError(.engine, "The embedder returned no vector for a text.")
    }
    return embedding
  }
}

/// What a text is embedded for.
public enum EmbeddingRole: String, Hashable, Sendable, Codable, CaseIterable {
  /// To search with.
  case query
  /// To be found.
  case passage
}

/// A text's vector, and what became of the text on the way.
public struct Embedding: Hashable, Sendable {
  /// The vector.
  public let vector: UnitVector
  /// The tokens that went into it, special tokens included.
  public let tokenCount: Int
  /// Whether the text was longer than the model reads, so that its end was cut off.
  public let isTruncated: Bool

  /// Makes an embedding.
  public init(vector: UnitVector, tokenCount: Int, isTruncated: Bool) {
    self.vector = vector
    self.tokenCount = tokenCount
    self.isTruncated = isTruncated
  }
}
