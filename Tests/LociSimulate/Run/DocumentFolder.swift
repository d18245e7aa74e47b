import Foundation
import LociCore

/// A folder for the documents of one run. Its path depends on the seed alone, since the ids of
/// chunks depend on it; a lock keeps two runs of one seed apart.
final class DocumentFolder: Sendable {
  private let url: URL
  private let lock: Int32

  init(seed: UInt64) throws {
    let parent = FileManager.default.temporaryDirectory
      .appending(path: "loci-simulation-\(getuid())", directoryHint: .isDirectory)
    url = parent.appending(path: "\(seed)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    lock = unsafe open(parent.appending(path: "\(seed).lock").path, O_RDWR | O_CREAT, 0o600)
    guard lock >= 0, flock(lock, LOCK_EX) == 0 else {
      throw LociError(.io, "The folder for a run's documents can't be locked.")
    }
    try? FileManager.default.removeItem(at: url)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
    close(lock)
  }

  /// The folder of a namespace's documents, made where it is missing.
  func folder(of namespace: Namespace) throws -> URL {
    let folder = url.appending(path: namespace.name, directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// Writes or removes a document; returns its address.
  func set(_ name: String, of namespace: Namespace, to text: String?) throws -> String {
    let file = try folder(of: namespace).appending(path: name)
    if let text {
      try Data(text.utf8).write(to: file)
    } else {
      try? FileManager.default.removeItem(at: file)
    }
    return file.path(percentEncoded: false)
  }
}
