import Foundation
import LociCore

/// The hub's cache on this machine, laid out as every tool of the hub lays it out:
/// `models--organisation--name/{blobs/<tag>, refs/main, snapshots/<commit>/<file>}`, the files of
/// a snapshot being relative links to blobs, and `.no_exist/<commit>/<file>` saying that a commit
/// has no such file.
struct HubCache: Sendable {
  /// The cache's folder, `HF_HUB_CACHE`.
  let folder: URL

  /// Whether a name from the network may become a file's name.
  static func isSafeName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 128 && !name.hasPrefix(".")
      && name.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
      }
  }

  /// The folder of one model.
  func repository(_ model: ModelID) -> URL {
    folder.appending(path: "models--" + model.folderName)
  }

  /// The place of a blob.
  func blob(_ tag: String, of model: ModelID) -> URL {
    repository(model).appending(path: "blobs/\(tag)")
  }

  /// The file that is locked while a blob is written.
  func lockFile(_ tag: String, of model: ModelID) -> URL {
    folder.appending(path: ".locks/models--\(model.folderName)/\(tag).lock")
  }

  /// The place of a commit's files.
  func snapshot(_ commit: String, of model: ModelID) -> URL {
    repository(model).appending(path: "snapshots/\(commit)")
  }

  /// The commit that `main` was when it was last fetched.
  func mainCommit(of model: ModelID) -> String? {
    let file = repository(model).appending(path: "refs/main")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    let commit = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return Self.isSafeName(commit) ? commit : nil
  }

  /// Remembers what `main` is, once its files are here.
  func setMainCommit(_ commit: String, of model: ModelID) throws {
    let file = repository(model).appending(path: "refs/main")
    try makeFolder(for: file)
    do {
      try Data(commit.utf8).write(to: file, options: .atomic)
    } catch {
      throw FileSystemError.wrap(error, "written", file)
    }
  }

  /// Whether it is known that a commit has no such file.
  func isKnownMissing(_ name: String, in commit: String, of model: ModelID) -> Bool {
    FileManager.default.fileExists(atPath: missingMark(name, commit, model).path)
  }

  /// Remembers that a commit has no such file.
  func markMissing(_ name: String, in commit: String, of model: ModelID) throws {
    let file = missingMark(name, commit, model)
    try makeFolder(for: file)
    do {
      try Data().write(to: file)
    } catch {
      throw FileSystemError.wrap(error, "written", file)
    }
  }

  /// Makes a snapshot's file a link to its blob, in one step.
  func link(_ file: HubFile, commit: String, of model: ModelID) throws {
    let place = snapshot(commit, of: model).appending(path: file.name)
    try makeFolder(for: place)
    let depth = file.name.split(separator: "/").count + 1
    let target = String(repeating: "../", count: depth) + "blobs/\(file.tag)"
    let temporary = PrivateFiles.unusedName(beside: place.path)
    guard unsafe symlink(target, temporary) == 0 else {
      throw FileSystemError.last("linked", place)
    }
    guard unsafe rename(temporary, place.path) == 0 else {
      let error = FileSystemError.last("linked", place)
      unsafe unlink(temporary)
      throw error
    }
  }

  /// Makes the folder that a file will lie in.
  func makeFolder(for file: URL) throws {
    let folder = file.deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw FileSystemError.wrap(error, "made", folder)
    }
  }

  private func missingMark(_ name: String, _ commit: String, _ model: ModelID) -> URL {
    repository(model).appending(path: ".no_exist/\(commit)/\(name)")
  }
}
