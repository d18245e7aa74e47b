public import Foundation
public import LociCore

/// The models on this machine, and the way to get more.
///
/// ```swift
/// let model = try await ModelLibrary().resolve("all-MiniLM-L6-v2")
/// ```
public struct ModelLibrary: Sendable {
  private let folders: Folders
  private let hashes: VerifiedHashes

  /// Makes a library.
  ///
  /// - Parameters:
  ///   - folders: Where models lie.
  ///   - environment: The variables that say how the hub is reached.
  public init(
    folders: Folders = Folders(),
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    self.folders = folders
    hashes = VerifiedHashes(folder: folders.data)
  }

  /// Finds a model, reads its settings, and checks its weights.
  ///
  /// - Parameter name: A catalogue name (`all-MiniLM-L6-v2`), a hub id (`organisation/name`), or
  ///   the path of a folder or an `.onnx` file.
  public func resolve(_ name: String = ModelCatalogue.defaultModel.id) async throws
    -> ResolvedModel
  {
    if let local = try localFolder(at: name) { return try await local.resolve(hashes: hashes) }
    guard let id = ModelID(name) else { throw ModelCatalogue.unknown(name) }
    let unpacked = folders.models.appending(path: id.folderName)
    guard isFolder(unpacked) else { throw id.missing }
    let folder = ModelFolder(
      name: id.text, entry: id.entry, files: ModelFiles(folder: unpacked))
    return try await folder.resolve(hashes: hashes)
  }

  /// The model at a path, or nil where the name is none: paths begin with `/`, `.` or `~`, end in
  /// `.onnx`, or are an existing folder that no catalogue model is called.
  private func localFolder(at name: String) throws -> ModelFolder? {
    let path = (name as NSString).expandingTildeInPath
    let url = URL(filePath: path).standardizedFileURL
    let isExplicit = ["/", "./", "../", "~"].contains { name.hasPrefix($0) } || name == "."
    let isONNX = name.lowercased().hasSuffix(".onnx")
    let isUnclaimedFolder = ModelCatalogue.model(named: name) == nil && isFolder(url)
    guard isExplicit || isONNX || isUnclaimedFolder else { return nil }
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw LociError(
        .missingModel, "There is no model at the path that was given.",
        remedy: "Check the path: a folder with config.json, tokenizer.json and weights, or an "
          + ".onnx file, is expected there.", detail: name)
    }
    return isONNX
      ? try onnxModel(at: url)
      : ModelFolder(
        name: url.lastPathComponent, entry: nil, files: ModelFiles(folder: url))
  }

  /// The settings of an `.onnx` file lie beside it, or above it where it is in a folder `onnx`.
  private func onnxModel(at file: URL) throws -> ModelFolder {
    let parent = file.deletingLastPathComponent()
    let candidates = [parent, parent.deletingLastPathComponent()].map { ModelFiles(folder: $0) }
    guard let files = candidates.first(where: { $0.has("config.json") }) else {
      throw candidates[0].missing("config.json")
    }
    return ModelFolder(
      name: files.folder.lastPathComponent, entry: nil, files: files, onnxFile: file)
  }

  private func isFolder(_ url: URL) -> Bool {
    (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
  }
}
