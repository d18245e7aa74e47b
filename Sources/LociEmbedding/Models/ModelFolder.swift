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
  /// fills what they are silent on (an empty prompt counts as silence), where the model was asked
  /// for by its name or its weights are the published ones; and is then followed by
  /// sentence-transformers' defaults: mean pooling, as many tokens as there are positions.
  func resolve(hashes: VerifiedHashes, packed: URL) async throws -> ResolvedModel {
    let settings = try ModelSettings(in: files)
    let encoder = settings.encoder
    let architecture = settings.architecture
    guard let tokenizerName = encoder.tokenizerName else { throw encoder.missingTokenizer }
    let weights = try onnxFile.map(ResolvedModel.Weights.onnx) ?? WeightsFiles.find(in: encoder)
    let digests = try await digests(of: weights, hashes: hashes)
    let entry =
      entry ?? (digests.count == 1 ? ModelCatalogue.model(withWeights: digests[0]) : nil)
    let digest = Self.digest(of: digests)
    let space = EmbeddingSpace(
      provider: EmbeddingSpace.publisher(ofModel: name), model: name,
      revision: String(digest.prefix(16)), dimension: architecture.hiddenSize,
      pooling: settings.pooling ?? entry?.pooling ?? .mean,
      queryPrefix: settings.queryPrefix ?? entry?.queryPrefix ?? "",
      passagePrefix: settings.passagePrefix ?? entry?.passagePrefix ?? "",
      maximumTokens: min(
        settings.maximumTokens ?? entry?.maximumTokens ?? architecture.positionCount,
        architecture.positionCount))
    return ResolvedModel(
      space: space, weights: weights, tokenizerFile: encoder.url(tokenizerName),
      architecture: architecture, tokenizerOptions: settings.tokenizer, license: entry?.license,
      notes: settings.notes + notes(on: space, entry),
      packing: .init(folder: packed, digest: digest))
  }

  /// What to say where the name promises a model of the catalogue, and the files another one.
  private func notes(on space: EmbeddingSpace, _ entry: CatalogueModel?) -> [String] {
    guard let namesake = ModelCatalogue.namesake(of: name, in: files.folder),
      namesake.id != entry?.id
    else { return [] }
    if let entry {
      return [
        "The model is called like \(namesake.id), and its weights are those of \(entry.id), whose "
          + "settings are used."
      ]
    }
    guard space.queryPrefix.isEmpty, !namesake.queryPrefix.isEmpty else { return [] }
    return [
      "No query prefix is known for \(space.model), so questions are embedded without one. It is "
        + "called like \(namesake.id), which needs \"\(namesake.queryPrefix)\", but its weights "
        + "are not known to be that model's. If they are, name the model \(namesake.alias), or "
        + "write the prefix into config_sentence_transformers.json, under prompts, as query."
    ]
  }

  /// The weights' SHA-256; of several files, that of their digests joined. Its first 16 digits are
  /// the space's revision.
  ///
  /// The tokenizer takes no part: token vectors are found by token id, so weights fit one
  /// vocabulary only, while copies of one model differ in what their `tokenizer.json` says on
  /// truncation and padding, which Loci sets itself.
  private static func digest(of digests: [String]) -> String {
    digests.count == 1 ? digests[0] : Hexadecimal.text(SHA256.digest(digests.joined().utf8))
  }

  /// The SHA-256 of each of the weights' files.
  private func digests(
    of weights: ResolvedModel.Weights, hashes: VerifiedHashes
  ) async throws -> [String] {
    let files =
      switch weights {
      case .onnx(let file): [file]
      case .safetensors(let shards): shards
      }
    var digests: [String] = []
    for file in files { digests.append(try await checkedHash(of: file, hashes: hashes)) }
    return digests
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
  private static let foreign = ["pytorch_model.bin", "tf_model.h5", "flax_model.msgpack"]

  private struct Index: Decodable {
    var weightMap: [String: String]
    private enum CodingKeys: String, CodingKey { case weightMap = "weight_map" }
  }

  static func find(in files: ModelFiles) throws -> ResolvedModel.Weights {
    if files.has(safetensors) { return .safetensors([files.url(safetensors)]) }
    if let shards = try shards(in: files) { return .safetensors(shards) }
    if let onnx = onnx.first(where: files.has) { return .onnx(files.url(onnx)) }
    if let other = foreign.first(where: files.has) {
      throw LociError(
        .missingModel,
        "The model in \(files.folder.path) has its weights only as \(other), which Loci does not "
          + "read: such a file may run code.",
        remedy: "Convert it to \(safetensors) (load it with transformers and save it again), or "
          + "export it to ONNX.")
    }
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

extension ModelFiles {
  /// Whether every file is there without which a model can't be run; their content is not read,
  /// but for the files that name others.
  var isRunnable: Bool {
    do {
      let settings = try ModelSettings(in: self)
      _ = try WeightsFiles.find(in: settings.encoder)
      return settings.encoder.tokenizerName != nil
    } catch {
      // A damaged file is there; what is wrong with it is said when the model is opened.
      return (error as? LociError)?.code != .missingModel
    }
  }
}
