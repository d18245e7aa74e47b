package import Foundation

/// A folder for one test, removed with everything in it when its owner goes away.
package final class TemporaryFolder: Sendable {
  /// Where it is.
  package let url: URL

  /// Makes an empty folder.
  package init() throws {
    url = FileManager.default.temporaryDirectory.appending(
      path: "loci-test-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// A file or folder inside; nothing is made.
  package func file(_ name: String) -> URL { url.appending(path: name) }
}
