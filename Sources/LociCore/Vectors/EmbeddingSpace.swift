import Foundation

/// Where vectors can be compared with each other: everything that decides what a vector means.
///
/// Vectors of two spaces are never mixed in a search.
public struct EmbeddingSpace: Hashable, Sendable, Codable {
  /// How token vectors become one vector.
  public enum Pooling: String, Hashable, Sendable, Codable, CaseIterable {
    /// The mean over the attended tokens.
    case mean
    /// The first token's vector.
    case cls
    /// The component-wise maximum over the attended tokens.
    case max
  }

  /// Who published the model: `sentence-transformers`; `local` for what only this machine has; or
  /// the name of an app that embeds for itself. Never what runs it: another engine makes the same
  /// vectors.
  public var provider: String
  /// The model's name, e.g. `sentence-transformers/all-MiniLM-L6-v2`.
  public var model: String
  /// The exact weights: the first 16 hexadecimal digits of their SHA-256.
  public var revision: String
  /// The number of components of a vector.
  public var dimension: Int
  /// How token vectors become one vector.
  public var pooling: Pooling
  /// What is put before a query.
  public var queryPrefix: String
  /// What is put before a passage.
  public var passagePrefix: String
  /// The longest input in tokens, special tokens included; longer texts are cut.
  public var maximumTokens: Int

  /// Makes a space.
  ///
  /// ```swift
  /// let space = EmbeddingSpace(
  ///   provider: "example", model: "letters", revision: "1", dimension: 26, pooling: .mean,
  ///   maximumTokens: 512)
  /// ```
  public init(
    provider: String, model: String, revision: String, dimension: Int, pooling: Pooling,
    queryPrefix: String = "", passagePrefix: String = "", maximumTokens: Int
  ) {
    self.provider = provider
    self.model = model
    self.revision = revision
    self.dimension = dimension
    self.pooling = pooling
    self.queryPrefix = queryPrefix
    self.passagePrefix = passagePrefix
    self.maximumTokens = maximumTokens
  }

  /// A name that two spaces share only if they are equal: 32 hexadecimal digits of the SHA-256 of
  /// all fields, each prefixed by its length.
  public var key: String {
    let fields = [
      provider, model, revision, String(dimension), pooling.rawValue, queryPrefix, passagePrefix,
      String(maximumTokens),
    ]
    return Hexadecimal.text(SHA256.digest(fields: fields).prefix(16))
  }

  /// The space as a store keeps it: JSON with sorted keys.
  public func definition() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// Reads what ``definition()`` wrote.
  ///
  /// - Throws: ``LociError/Code/corrupt``.
  public init(definition: String) throws(LociError) {
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(definition.utf8))
      // Far more than any model has, and few enough to be computed with.
      guard (1...(1 << 20)).contains(dimension), maximumTokens >= 0 else {
        throw LociError(.corrupt, "It has \(dimension) dimensions and \(maximumTokens) tokens.")
      }
    } catch {
      throw LociError(
        .corrupt, "A space's definition in the store is not what was written.",
        remedy: "Restore the store from a backup.", underlying: error)
    }
  }
}

extension EmbeddingSpace {
  /// Who published a model of this name: the organisation of `organisation/name`, else `local`.
  public static func publisher(ofModel name: String) -> String {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty ? String(parts[0]) : "local"
  }

  /// What earlier versions took for the provider of every model that Loci ran.
  private static let engine = "onnxruntime"

  /// The space as it is named now, where an earlier version named it by its engine.
  package var namedByPublisher: EmbeddingSpace {
    guard provider == Self.engine else { return self }
    var space = self
    space.provider = Self.publisher(ofModel: model)
    return space
  }

  /// The space as earlier versions named it.
  package var namedByEngine: EmbeddingSpace {
    guard provider == Self.publisher(ofModel: model) else { return self }
    var space = self
    space.provider = Self.engine
    return space
  }
}
