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

  /// Gives the unit vectors of each text's tokens, as a model has them before they become one: in
  /// the order of the texts and of their tokens, special tokens among them.
  ///
  /// - Parameters:
  ///   - texts: Any number of texts; what is longer than the model reads is cut.
  ///   - role: Which of the space's prefixes goes before each text.
  /// - Returns: One array a text; empty where the model reads nothing of it.
  /// - Throws: ``LociError/Code/unsupported`` where the model gives one vector a text alone.
  func embedTokens(_ texts: [String], as role: EmbeddingRole) async throws -> [[UnitVector]]

  /// The number of tokens of a text, without special tokens and prefix, before any cut.
  func tokenCount(of text: String) throws -> Int

  /// Whether the model makes anything of a text. Of two texts of which it knows no word it makes
  /// the same vector, whatever they say; such a vector answers nothing and is not stored.
  func canRead(_ text: String) throws -> Bool

  /// What a user should know about the model, a sentence each.
  var notes: [String] { get }
}

extension Embedder {
  /// An embedder that says nothing about it gives no vectors of tokens.
  ///
  /// - Throws: ``LociError/Code/unsupported``, always.
  public func embedTokens(
    _ texts: [String], as role: EmbeddingRole
  ) async throws -> [[UnitVector]] {
    throw LociError(
      .unsupported, "The model \(space.model) gives no vectors of tokens.",
      remedy: "Use one that comes as safetensors, in Loci's own engine.")
  }

  /// An embedder that says nothing about it reads every text.
  public func canRead(_ text: String) throws -> Bool { true }

  /// An embedder of which there is nothing to know.
  public var notes: [String] { [] }

  /// Embeds one text, and checks what comes back.
  ///
  /// ```swift
  /// let vector = try await embedder.embed("Alice prefers tea", as: .passage).vector
  /// ```
  public func embed(_ text: String, as role: EmbeddingRole) async throws -> Embedding {
    let embeddings = try await checkedEmbeddings(of: [text], as: role)
    return embeddings[0]
  }

  /// Embeds texts, and checks what comes back: one vector a text, each of the space's dimension.
  /// Whoever joins answers to texts asks here, since an app's embedder may be wrong.
  ///
  /// - Throws: ``LociError/Code/engine`` for another number of vectors,
  ///   ``LociError/Code/dimensionMismatch`` for a vector of another space, and what the embedder
  ///   throws.
  public func checkedEmbeddings(
    of texts: [String], as role: EmbeddingRole
  ) async throws -> [Embedding] {
    let embeddings = try await embed(texts, as: role)
    guard embeddings.count == texts.count else {
      throw LociError(
        .engine,
        "The embedder \(space.model) answered \(Count.of(texts.count, "text")) with "
          + "\(Count.of(embeddings.count, "vector")); none of them is used.",
        remedy: "An embedder must give one vector a text, in the texts' order.")
    }
    for embedding in embeddings { try embedding.vector.requireDimension(space.dimension) }
    return embeddings
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
