/// An embedder that also gives the vectors of a text's tokens, as a model has them before they
/// become one.
public protocol TokenEmbedder: Embedder {
  /// The unit vectors of each text's tokens, in the order of the texts and of their tokens; special
  /// tokens may be among them. A text of which the model reads nothing has none.
  ///
  /// - Parameters:
  ///   - texts: Any number of texts; what is longer than the model reads is cut.
  ///   - role: Which of the space's prefixes goes before each text.
  func embedTokens(_ texts: [String], as role: EmbeddingRole) async throws -> [[UnitVector]]
}
