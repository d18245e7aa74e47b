public import Foundation
public import LociCore

/// The models on this machine, and the way to get more.
///
/// ```swift
/// let model = try await ModelLibrary().resolve("all-MiniLM-L6-v2")
/// ```
public struct ModelLibrary: Sendable {
  let folders: Folders
  private let environment: [String: String]
  private let hashes: VerifiedHashes
  private let patience: HubPatience

  var cache: HubCache { HubCache(folder: folders.hubCache) }

  /// Makes a library.
  ///
  /// - Parameters:
  ///   - folders: Where models lie.
  ///   - environment: The variables that say how the hub is reached: `HF_ENDPOINT`, `HF_TOKEN`,
  ///     `HF_HUB_OFFLINE`, `TRANSFORMERS_OFFLINE`.
  public init(
    folders: Folders = Folders(),
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    self.init(folders: folders, environment: environment, patience: HubPatience())
  }

  /// Makes a library that waits as long as a test wants it to.
  package init(folders: Folders, environment: [String: String], patience: HubPatience) {
    self.folders = folders
    self.environment = environment
    self.patience = patience
    hashes = VerifiedHashes(folder: folders.data)
  }

  /// Finds a model, reads its settings, and checks its weights.
  ///
  /// Searched are, in this order: the path, if the name is one; Loci's own models; the hub's cache,
  /// whoever filled it; and the hub, unless offline mode forbids it. What is on this machine is
  /// used without any request.
  ///
  /// ```swift
  /// let model = try await ModelLibrary().resolve("BAAI/bge-small-en-v1.5") { progress in
  ///   print(progress.file, progress.completedBytes)
  /// }
  /// ```
  /// - Parameters:
  ///   - name: A catalogue name (`all-MiniLM-L6-v2`), a hub id (`organisation/name`), or the path
  ///     of a folder or an `.onnx` file.
  ///   - fetches: Whether the hub is asked for what is not here. Where it is not, no request is
  ///     made, and a model that is not whole on this machine is a `missingModel`.
  ///   - progress: Told now and then what has been fetched, from any thread.
  /// - Throws: ``LociError`` with `notFound` (no such name), `missingModel`, `unsupported`,
  ///   `corrupt`, `checksumMismatch`, `offline`, `network`, `diskFull`, `readOnly` or `io`.
  public func resolve(
    _ name: String = ModelCatalogue.defaultModel.id, fetches: Bool = true,
    progress: (@Sendable (ModelProgress) -> Void)? = nil
  ) async throws -> ResolvedModel {
    if let local = try localFolder(at: name) { return try await resolve(local) }
    guard let id = ModelID(name) else {
      try refuseBareFolder(name)
      throw ModelCatalogue.unknown(name)
    }
    let files: ModelFiles
    if let installed = installedFiles(of: id) {
      files = installed
    } else {
      try refuseBareFolder(name)
      files = try await fetch(id, fetches: fetches, progress)
    }
    let folder = ModelFolder(name: id.text, entry: id.entry, files: files)
    return try await resolve(folder)
  }

  private func resolve(_ folder: ModelFolder) async throws -> ResolvedModel {
    try await folder.resolve(hashes: hashes, packed: folders.packedModels)
  }

  /// The folder of a named model that is on this machine.
  private func installedFiles(of id: ModelID) -> ModelFiles? {
    let unpacked = unpackedFolder(of: id)
    if isFolder(unpacked) { return ModelFiles(folder: unpacked) }
    guard let cached = cachedFiles(of: id),
      id.entry != nil || cached.isWhole
        || HubSettings.offlineVariable(in: environment) != nil
    else { return nil }
    return cached.files
  }

  /// The folder of a named model, fetched now.
  private func fetch(
    _ id: ModelID, fetches: Bool, _ progress: (@Sendable (ModelProgress) -> Void)?
  ) async throws -> ModelFiles {
    if let variable = HubSettings.offlineVariable(in: environment) {
      throw LociError(
        .offline,
        "The model \(id.text) is not on this machine, and \(variable) forbids fetching it.",
        remedy: "Unset \(variable) once to fetch it, or put its files into "
          + "\(unpackedFolder(of: id).path).")
    }
    guard fetches else {
      throw LociError(
        .missingModel, "The model \(id.text) is not on this machine.",
        remedy: "`loci models fetch \(id.entry?.alias ?? id.text)` gets it.")
    }
    let settings = try HubSettings(environment: environment)
    let fetch = HubFetch(
      model: id, cache: cache, client: HubClient(settings: settings, patience: patience),
      hashes: hashes, progress: progress)
    return ModelFiles(folder: try await fetch.run(), remedy: cacheRemedy(id))
  }

  /// The cached snapshot of a model, if it can be run.
  ///
  /// Other tools fetch what they need and no more, so settings files may be absent although the
  /// model has them; it is whole if each is here or is known not to exist.
  func cachedFiles(of id: ModelID) -> (files: ModelFiles, isWhole: Bool)? {
    guard let commit = cache.mainCommit(of: id) else { return nil }
    let files = ModelFiles(
      folder: cache.snapshot(commit, of: id), remedy: cacheRemedy(id))
    guard files.isRunnable else { return nil }
    let isWhole = HubFetch.optionalFiles.allSatisfy {
      files.has($0) || cache.isKnownMissing($0, in: commit, of: id)
    }
    return (files, isWhole)
  }

  private func unpackedFolder(of id: ModelID) -> URL {
    folders.models.appending(path: id.folderName)
  }

  private func cacheRemedy(_ id: ModelID) -> String {
    "Remove \(cache.repository(id).path) to have the model fetched again."
  }

  /// Whether a model's name is spelled as a path: it begins with `/`, `./`, `../` or `~`, is `.` or
  /// `..`, or ends in `.onnx`.
  ///
  /// A bare name never means a folder that happens to lie in the working directory: whoever made
  /// that folder would choose the model.
  public static func isPath(_ name: String) -> Bool {
    ["/", "./", "../", "~"].contains { name.hasPrefix($0) } || [".", ".."].contains(name)
      || name.lowercased().hasSuffix(".onnx")
  }

  /// The model at a path, or nil where the name is none.
  private func localFolder(at name: String) throws -> ModelFolder? {
    let path = (name as NSString).expandingTildeInPath
    guard !path.isEmpty, !path.contains("\0") else { return nil }
    let url = URL(filePath: path).standardizedFileURL
    guard Self.isPath(name) else { return nil }
    let isONNX = name.lowercased().hasSuffix(".onnx") && !isFolder(url)
    guard isONNX || isFolder(url), FileManager.default.fileExists(atPath: url.path) else {
      throw LociError(
        .missingModel, "There is no model at the path that was given.",
        remedy: "Check the path: a folder with config.json, tokenizer.json and weights, or an "
          + ".onnx file, is expected there.", detail: name)
    }
    return isONNX
      ? try onnxModel(at: url)
      : ModelFolder(
        name: url.lastPathComponent, entry: nil,
        files: ModelFiles(folder: url, remedy: Self.pathRemedy))
  }

  private static let pathRemedy =
    "Put the model's original files there, or give another model's path or name."

  /// Refuses a bare name that no model on this machine has, but a folder in the working directory.
  private func refuseBareFolder(_ name: String) throws {
    let files = ModelFiles(folder: URL(filePath: name))
    guard ModelCatalogue.model(named: name) == nil, !name.isEmpty, !name.contains("\0"),
      ["config.json", "modules.json"].contains(where: files.has)
    else { return }
    let isPlain = name.split(separator: "/").allSatisfy { HubCache.isSafeName(String($0)) }
    let spelled = isPlain ? "./\(name)" : "a path that begins with ./"
    throw LociError(
      .notFound,
      "No model on this machine has the name that was given; a folder here has it, but a folder is "
        + "taken only where it is spelled as a path.",
      remedy: "Give \(spelled) if you trust that folder.", detail: name)
  }

  /// The settings of an `.onnx` file lie beside it, or above it where it is in a folder `onnx`.
  private func onnxModel(at file: URL) throws -> ModelFolder {
    let parent = file.deletingLastPathComponent()
    let candidates = [parent, parent.deletingLastPathComponent()].map {
      ModelFiles(folder: $0, remedy: Self.pathRemedy)
    }
    guard let files = candidates.first(where: { $0.has("config.json") }) else {
      throw candidates[0].missing("config.json")
    }
    return ModelFolder(
      name: files.folder.lastPathComponent, entry: nil, files: files, onnxFile: file)
  }

  func isFolder(_ url: URL) -> Bool {
    // A link to a folder is one.
    (try? url.resolvingSymlinksInPath().resourceValues(forKeys: [.isDirectoryKey]).isDirectory)
      == true
  }
}
