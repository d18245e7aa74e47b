public import LociCore

/// A model that Loci knows by name, with the settings that its authors published.
public struct CatalogueModel: Hashable, Sendable {
  /// The hub's id, `organisation/name`.
  public let id: String
  /// The short name: the id without its organisation.
  public let alias: String
  /// The components of a vector.
  public let dimension: Int
  /// How token vectors become one vector.
  public let pooling: EmbeddingSpace.Pooling
  /// The longest input in tokens, special tokens included.
  public let maximumTokens: Int
  /// What goes before a query.
  public let queryPrefix: String
  /// What goes before a passage.
  public let passagePrefix: String
  /// The licence's SPDX identifier.
  public let license: String
  /// The SHA-256 of `model.safetensors` in hexadecimal, where it is known for certain.
  public let weightsHash: String?
}

/// The models that Loci knows by name. Any other BERT-family model runs too, by path or hub id.
public enum ModelCatalogue {
  /// The model used where none is named: small, fast, and unpacked by set-up.
  public static let defaultModel = CatalogueModel(
    id: "sentence-transformers/all-MiniLM-L6-v2", alias: "all-MiniLM-L6-v2", dimension: 384,
    pooling: .mean, maximumTokens: 256, queryPrefix: "", passagePrefix: "",
    license: "Apache-2.0",
    weightsHash: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db")

  /// Every known model, the default first.
  public static let models = [
    defaultModel,
    retrieval("BAAI/bge-small-en-v1.5", dimension: 384, license: "MIT"),
    retrieval("BAAI/bge-large-en-v1.5", dimension: 1024, license: "MIT"),
    retrieval("mixedbread-ai/mxbai-embed-large-v1", dimension: 1024, license: "Apache-2.0"),
  ]

  /// The model with that id or alias; case does not matter.
  public static func model(named name: String) -> CatalogueModel? {
    let wanted = name.lowercased()
    return models.first { $0.id.lowercased() == wanted || $0.alias.lowercased() == wanted }
  }

  /// The error for a name that nobody knows; it lists the nearest ones.
  static func unknown(_ name: String) -> LociError {
    LociError(
      .notFound, "No model has the name that was given.",
      remedy: "The nearest known ones are \(nearest(to: name)). A hub id (organisation/name), a "
        + "folder's path and an .onnx file's path work too.",
      detail: name)
  }

  /// The two names that are the fewest edits away, the nearest first.
  static func nearest(to name: String) -> String {
    let wanted = String(name.lowercased().prefix(96))
    return
      models
      .map { wanted.contains("/") ? $0.id : $0.alias }
      .map { (name: $0, edits: Suggestion.distance(from: wanted, to: $0.lowercased())) }
      .sorted { ($0.edits, $0.name) < ($1.edits, $1.name) }
      .prefix(2).map(\.name).joined(separator: " and ")
  }

  /// The BGE recipe, which mixedbread shares: first token, 512 tokens, a prefix for queries only.
  private static func retrieval(
    _ id: String, dimension: Int, license: String
  ) -> CatalogueModel {
    CatalogueModel(
      id: id, alias: String(id.split(separator: "/").last ?? ""), dimension: dimension,
      pooling: .cls, maximumTokens: 512,
      queryPrefix: "Represent this sentence for searching relevant passages: ",
      passagePrefix: "", license: license, weightsHash: nil)
  }
}
