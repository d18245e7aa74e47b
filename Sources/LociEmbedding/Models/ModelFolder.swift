import Foundation
import LociCore

/// A folder that holds a model, and the name under which it was asked for.
struct ModelFolder: Sendable {
  /// The name that goes into the embedding space.
  let name: String
  /// The catalogue's entry, where the model was asked for by a name that the catalogue has.
  let entry: CatalogueModel?
  /// The folder's files.
  let files: ModelFiles
  /// An ONNX file asked for by path; otherwise the folder's own weights are used.
  var onnxFile: URL?

  /// Reads every setting, finds the files, and checks the weights by their hash.
  ///
  /// What the folder's files say wins over the catalogue: they may be a variant's. The catalogue
  /// fills what they are silent on (an empty prompt counts as silence), and is then followed by
  /// sentence-transformers' defaults: mean pooling, as many tokens as there are positions.
  func resolve(hashes: VerifiedHashes) async throws -> ResolvedModel {
    let settings = try ModelSettings(in: files)
    let encoder = settings.encoder
    let architecture = settings.architecture
    guard encoder.has("tokenizer.json") else { throw encoder.missing("tokenizer.json") }
    let weights = try onnxFile.map(ResolvedModel.Weights.onnx) ?? WeightsFiles.find(in: encoder)
    let revision = try await revision(of: weights, hashes: hashes)
    let space = EmbeddingSpace(
      provider: "onnxruntime", model: name, revision: revision,
      dimension: architecture.hiddenSize,
      pooling: settings.pooling ?? entry?.pooling ?? .mean,
      queryPrefix: settings.queryPrefix ?? entry?.queryPrefix ?? "",
      passagePrefix: settings.passagePrefix ?? entry?.passagePrefix ?? "",
      maximumTokens: min(
        settings.maximumTokens ?? entry?.maximumTokens ?? architecture.positionCount,
        architecture.positionCount))
    return ResolvedModel(
      space: space, weights: weights, tokenizerFile: encoder.url("tokenizer.json"),
      architecture: architecture, license: entry?.license)
  }

  /// The first 16 digits of the weights' SHA-256; of several files, of their digests joined.
  ///
  /// The tokenizer takes no part: token vectors are found by token id, so weights fit one
  /// vocabulary only, while copies of one model differ in what their `tokenizer.json` says on
  /// truncation and padding, which Loci sets itself.
  private func revision(
    of weights: ResolvedModel.Weights, hashes: VerifiedHashes
  ) async throws -> String {
    switch weights {
    case .onnx(let file):
      return String(try await checkedHash(of: file, hashes: hashes).prefix(16))
    case .safetensors(let shards):
      var digests: [String] = []
      for shard in shards { digests.append(try await checkedHash(of: shard, hashes: hashes)) }
      if digests.count == 1 { return String(digests[0].prefix(16)) }
      return String(Hexadecimal.text(SHA256.digest(digests.joined().utf8)).prefix(16))
    }
  }

  private func checkedHash(of file: URL, hashes: VerifiedHashes) async throws -> String {
    let found = try await hashes.hash(of: file)
    guard let expected = expectedHash(of: file), expected != found else { return found }
    throw LociError(
      .checksumMismatch,
      "\(file.lastPathComponent) of \(name) is not the original: its SHA-256 is \(found), and "
        + "\(expected) is expected.",
      remedy:
        "Remove \(file.resolvingSymlinksInPath().path), and fetch the model again; or give the "
        + "folder's path to use these weights as they are.")
  }

  /// The catalogue's hash, or the one that the hub's cache has as the name of the file's blob.
  private func expectedHash(of file: URL) -> String? {
    if file.lastPathComponent == "model.safetensors", let known = entry?.weightsHash {
      return known
    }
    let blob = file.resolvingSymlinksInPath()
    guard blob.deletingLastPathComponent().lastPathComponent == "blobs" else { return nil }
    let name = blob.lastPathComponent
    return name.count == 64 && name.allSatisfy(\.isHexDigit) ? name.lowercased() : nil
  }
}

/// Finds a model's weights; safetensors win over ONNX, because Loci's own graph is the faster.
enum WeightsFiles {
  static let safetensors = "model.safetensors"
  static let index = "model.safetensors.index.json"
  static let onnx = ["onnx/model.onnx", "model.onnx"]

  private struct Index: Decodable {
    var weightMap: [String: String]
    private enum CodingKeys: String, CodingKey { case weightMap = "weight_map" }
  }

  static func find(in files: ModelFiles) throws -> ResolvedModel.Weights {
    if files.has(safetensors) { return .safetensors([files.url(safetensors)]) }
    if let shards = try shards(in: files) { return .safetensors(shards) }
    if let onnx = onnx.first(where: files.has) { return .onnx(files.url(onnx)) }
    throw files.missing("\(safetensors) (nor an index of shards, nor \(onnx[0]))")
  }

  /// The names of the shards that an index file lists, sorted.
  static func shardNames(in files: ModelFiles) throws -> [String]? {
    guard let index = try files.optional(index, as: Index.self) else { return nil }
    guard !index.weightMap.isEmpty else { throw files.damaged(Self.index, "it lists no tensors") }
    return Set(index.weightMap.values).sorted()
  }

  private static func shards(in files: ModelFiles) throws -> [URL]? {
    try shardNames(in: files)?.map { name in
      let file = try files.confined(name, namedBy: index)
      guard files.has(name) else { throw files.missing(name) }
      return file
    }
  }
}
