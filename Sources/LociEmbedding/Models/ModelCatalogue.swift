import Foundation
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
  /// The SHA-256 of `model.safetensors` in hexadecimal, where no other weights may go by this name.
  public let weightsHash: String?
  /// The SHA-256 of the `model.safetensors` that its authors published, where it is known for
  /// certain. A copy is recognised by it, whatever its folder is called.
  public let publishedHash: String?
  /// What a fetch brings, in bytes, about.
  public let fetchBytes: Int64
}

/// The models that Loci knows by name. Any other BERT-family model runs too, by path or hub id.
public enum ModelCatalogue {
  /// The model used where none is named: small, fast, and unpacked by set-up.
  public static let defaultModel = CatalogueModel(
    id: "sentence-transformers/all-MiniLM-L6-v2", alias: "all-MiniLM-L6-v2", dimension: 384,
    pooling: .mean, maximumTokens: 256, queryPrefix: "", passagePrefix: "",
    license: "Apache-2.0",
    weightsHash: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    publishedHash: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    fetchBytes: 91_300_000)

  /// Every known model, the default first.
  public static let models = [
    defaultModel,
    retrieval(
      "BAAI/bge-small-en-v1.5", dimension: 384, license: "MIT", fetchBytes: 134_200_000,
      publishedHash: "3c9f31665447c8911517620762200d2245a2518d6e7208acc78cd9db317e21ad"),
    retrieval(
      "BAAI/bge-large-en-v1.5", dimension: 1024, license: "MIT", fetchBytes: 1_341_300_000,
      publishedHash: "45e1954914e29bd74080e6c1510165274ff5279421c89f76c418878732f64ae7"),
    retrieval(
      "mixedbread-ai/mxbai-embed-large-v1", dimension: 1024, license: "Apache-2.0",
      fetchBytes: 671_000_000),
  ]

  /// The model with that id or alias; case does not matter.
  public static func model(named name: String) -> CatalogueModel? {
    let wanted = name.lowercased()
    return models.first { $0.id.lowercased() == wanted || $0.alias.lowercased() == wanted }
  }

  /// The model whose published weights have that SHA-256.
  static func model(withWeights hash: String) -> CatalogueModel? {
    models.first { $0.publishedHash == hash }
  }

  /// The model whose name a hub id, a folder or a snapshot of the hub's cache bears.
  static func namesake(of name: String, in folder: URL) -> CatalogueModel? {
    let cached = folder.pathComponents.filter { $0.hasPrefix("models--") }
    return ([name, folder.lastPathComponent] + cached).lazy
      .compactMap { $0.replacing("--", with: "/").split(separator: "/").last }
      .compactMap { model(named: String($0)) }.first
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
    _ id: String, dimension: Int, license: String, fetchBytes: Int64,
    publishedHash: String? = nil
  ) -> CatalogueModel {
    CatalogueModel(
      id: id, alias: String(id.split(separator: "/").last ?? ""), dimension: dimension,
      pooling: .cls, maximumTokens: 512,
      queryPrefix: "Represent this sentence for searching relevant passages: ",
      passagePrefix: "", license: license, weightsHash: nil, publishedHash: publishedHash,
      fetchBytes: fetchBytes)
  }
}
