import Foundation
import LociCore

/// How far a model's fetching has come.
public struct ModelProgress: Hashable, Sendable {
  /// The model's hub id.
  public let model: String
  /// The file that is being fetched; empty in the report that says how much there is to fetch.
  public let file: String
  /// The bytes of this file that are here.
  public let completedBytes: Int64
  /// The bytes of this file in all, where the hub says it.
  public let totalBytes: Int64?
  /// The bytes of all weights that are to be fetched: said once, before they are.
  public internal(set) var fetchBytes: Int64?
}

/// Fetches one model from the hub into the hub's cache.
struct HubFetch: Sendable {
  let model: ModelID
  let cache: HubCache
  let client: HubClient
  let hashes: VerifiedHashes
  let progress: (@Sendable (ModelProgress) -> Void)?

  /// Settings that a model need not have; where it has them, they count.
  static let optionalFiles = [
    "modules.json", "sentence_bert_config.json", "config_sentence_transformers.json",
    "tokenizer_config.json",
  ]

  /// Fetches what is needed of the newest commit and returns its snapshot's folder.
  ///
  /// The small files come first and are checked, so that a model which can't be run is refused
  /// before its weights are fetched.
  func run() async throws -> URL {
    let (commit, listed) = try await client.listing(of: model)
    let snapshot = ModelFiles(folder: cache.snapshot(commit, of: model))
    guard listed.contains("config.json") else { throw lacks("config.json") }
    guard let tokenizer = ModelFiles.tokenizerNames.first(where: listed.contains) else {
      throw lacks("tokenizer.json or vocab.txt")
    }
    let special = "special_tokens_map.json"
    // Only a bare vocabulary needs to be told its special tokens.
    let more = tokenizer == "vocab.txt" && listed.contains(special) ? [special] : []
    for name in ["config.json", tokenizer] + more { try await fetchSettings(name, commit) }
    for name in Self.optionalFiles {
      if listed.contains(name) {
        try await fetchSettings(name, commit)
      } else {
        try cache.markMissing(name, in: commit, of: model)
      }
    }
    for name in listed.sorted() where Self.isPooling(name) {
      try await fetchSettings(name, commit)
    }
    _ = try ModelSettings(in: snapshot)
    var weights: [HubFile] = []
    for name in try await self.weights(listed, commit, snapshot) {
      weights.append(try await describe(name, commit, upTo: RegularFile.maximumBytes))
    }
    announce(weights)
    for file in weights { try await fetch(file, commit) }
    try cache.setMainCommit(commit, of: model)
    return snapshot.folder
  }

  /// The weights' files in the form that Loci prefers.
  private func weights(
    _ listed: Set<String>, _ commit: String, _ snapshot: ModelFiles
  ) async throws -> [String] {
    if listed.contains(WeightsFiles.safetensors) { return [WeightsFiles.safetensors] }
    if listed.contains(WeightsFiles.index) {
      try await fetchSettings(WeightsFiles.index, commit)
      let shards = try WeightsFiles.shardNames(in: snapshot) ?? []
      if let absent = shards.first(where: { !listed.contains($0) || !HubCache.isSafeName($0) }) {
        throw lacks(absent)
      }
      return shards
    }
    if let onnx = WeightsFiles.onnx.first(where: listed.contains) { return [onnx] }
    throw lacks(WeightsFiles.safetensors + " or " + WeightsFiles.onnx[0])
  }

  /// `1_Pooling/config.json`, whatever the number.
  private static func isPooling(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && parts[1] == "config.json" && parts[0].hasSuffix("_Pooling")
      && HubCache.isSafeName(String(parts[0]))
  }

  // MARK: - One file

  private func fetchSettings(_ name: String, _ commit: String) async throws {
    try await fetch(describe(name, commit, upTo: ModelFiles.maximumJSONBytes), commit)
  }

  /// What the hub says about a file, whose size it may say or not, but not just any.
  private func describe(
    _ name: String, _ commit: String, upTo maximum: Int64
  ) async throws -> HubFile {
    let file = try await client.describe(name, of: model, commit: commit)
    guard let size = file.size, !(0...maximum).contains(size) else { return file }
    throw LociError(
      .network, "The hub says that \(name) of \(model.text) has \(size) bytes, which can't be.",
      remedy: "Check HF_ENDPOINT, and that the model is one that Loci runs.")
  }

  /// Says how much there is to fetch.
  private func announce(_ files: [HubFile]) {
    let absent = files.filter { !isHere($0) }
    let sizes = absent.compactMap(\.size)
    guard !absent.isEmpty, sizes.count == absent.count else { return }
    progress?(
      ModelProgress(
        model: model.text, file: "", completedBytes: 0, totalBytes: nil,
        fetchBytes: sizes.reduce(0, +)))
  }

  private func isHere(_ file: HubFile) -> Bool {
    FileManager.default.fileExists(atPath: cache.blob(file.tag, of: model).path)
  }

  private func fetch(_ file: HubFile, _ commit: String) async throws {
    let blob = cache.blob(file.tag, of: model)
    try cache.makeFolder(for: blob)
    let lockFile = cache.lockFile(file.tag, of: model)
    try cache.makeFolder(for: lockFile)
    let lock = try await FileLock.acquire(lockFile)
    if !isHere(file) {
      try await download(file, commit, to: blob)
    }
    try cache.link(file, commit: commit, of: model)
    _ = consume lock
  }

  /// Downloads into `<blob>.incomplete`, which outlives every failure but a wrong hash, and gives
  /// the blob its name once it is checked.
  private func download(_ file: HubFile, _ commit: String, to blob: URL) async throws {
    let incomplete = blob.appendingPathExtension("incomplete")
    let isResumed = FileManager.default.fileExists(atPath: incomplete.path)
    do {
      try await receive(file, commit, into: incomplete)
      try await check(file, incomplete)
    } catch let error as LociError where error.code == .checksumMismatch && isResumed {
      // What lay there may have been another version's beginning, or damaged: once from scratch.
      try await receive(file, commit, into: incomplete)
      try await check(file, incomplete)
    }
    guard unsafe rename(incomplete.path, blob.path) == 0 else {
      throw FileSystemError.last("written", blob)
    }
  }

  private func receive(_ file: HubFile, _ commit: String, into incomplete: URL) async throws {
    let sink = try HubFileSink(incomplete, expectedSize: file.size) { bytes in
      progress?(
        ModelProgress(
          model: model.text, file: file.name, completedBytes: bytes, totalBytes: file.size))
    }
    if file.size == nil || sink.offset < file.size ?? 0 {
      try await client.download(file, of: model, commit: commit, into: sink)
    }
    try sink.finish()
  }

  /// Compares with the hash that the tag is: SHA-256 of large files, git's SHA-1 of small ones.
  /// Another kind of tag says nothing about the bytes, and the length has to do.
  private func check(_ file: HubFile, _ incomplete: URL) async throws {
    guard file.tag.allSatisfy(\.isHexDigit) else { return }
    let found: String
    switch file.tag.count {
    case 64: found = try await hashes.compute(incomplete)
    case 40:
      do {
        found = GitBlobHash.of(try Data(contentsOf: incomplete, options: .mappedIfSafe))
      } catch {
        throw FileSystemError.wrap(error, "read", incomplete)
      }
    default: return
    }
    guard found != file.tag.lowercased() else { return }
    unsafe unlink(incomplete.path)
    throw LociError(
      .checksumMismatch,
      "\(file.name) of \(model.text) arrived damaged: its hash is \(found), and \(file.tag) is "
        + "expected. It was thrown away.",
      remedy: "Try again; if it happens again, check HF_ENDPOINT and what lies between.")
  }

  private func lacks(_ name: String) -> LociError {
    LociError(
      .unsupported,
      "The hub's model \(model.text) has no \(name), without which Loci can't run it.",
      remedy: "Choose another model; `loci models` lists those that are known to work.")
  }
}
