import Foundation
import LociCore

/// The `loci.toml` of the folder that somebody works in. It comes with the folder, so that it may
/// be anybody's: unless the user trusts it, it decides how to find and to cut, and nothing else.
struct ProjectFile {
  /// Its real path.
  let path: String
  let text: String
  /// The SHA-256 of its text in hexadecimal: what is trusted.
  let hash: String

  static let name = "loci.toml"

  /// Reads a project file.
  init(path: String) throws(LociError) {
    let file = try TextFile(URL(filePath: path), as: .lines, maximumBytes: 1 << 20)
    self.path = file.uri
    text = file.text
    hash = ContentHash(of: file.text).description
  }

  /// The project file that counts in a folder: its own or the nearest above it, up to the root of
  /// the repository; outside of a repository its own alone.
  static func path(above folder: URL) -> String? {
    let start = TextFile.canonicalPath(of: folder)
    let folders = sequence(first: URL(filePath: start, directoryHint: .isDirectory)) {
      $0.path == "/" ? nil : $0.deletingLastPathComponent()
    }
    var found: String?
    for folder in folders {
      let file = folder.appending(path: name).path
      if found == nil, FileManager.default.fileExists(atPath: file) { found = file }
      let isRoot = FileManager.default.fileExists(atPath: folder.appending(path: ".git").path)
      if isRoot { return found }
    }
    let own = start == "/" ? "/" + name : start + "/" + name
    return FileManager.default.fileExists(atPath: own) ? own : nil
  }

  /// The namespace that an untrusted file may name: one of this folder's own, so that it can
  /// neither read nor fill another project's.
  func confined(_ namespace: String) -> String {
    let folder = URL(filePath: path).deletingLastPathComponent().path
    return "project:\(ContentHash(of: folder).description.prefix(16))/\(namespace)"
  }
}
