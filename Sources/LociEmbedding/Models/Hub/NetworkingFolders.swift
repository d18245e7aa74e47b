import Foundation

/// The folders that swift-corelibs-foundation makes for cookies and cached answers, whatever a
/// session's configuration says: each configuration starts with the shared ones.
enum NetworkingFolders {
  /// Does something, and removes those folders again where they were not there before. Only empty
  /// folders are removed.
  static func withoutNewOnes<Result>(_ body: () -> Result) -> Result {
    let absent = folders.flatMap(ancestors).filter {
      !FileManager.default.fileExists(atPath: $0)
    }
    let result = body()
    for path in Set(absent).sorted(by: { $0.utf8.count > $1.utf8.count }) {
      unsafe rmdir(path)
    }
    return result
  }

  private static var folders: [URL] {
    let manager = FileManager.default
    let support = manager.urls(for: .applicationSupportDirectory, in: .userDomainMask)
    let caches = manager.urls(for: .cachesDirectory, in: .userDomainMask)
    let program = Bundle.main.bundleURL.deletingPathExtension().lastPathComponent
    let process = Bundle.main.bundleIdentifier ?? ProcessInfo.processInfo.processName
    return support.map { $0.appending(path: program) }
      + caches.map { $0.appending(path: "org.swift.foundation.URLCache/\(process)") }
  }

  /// The folder's path, and those of all folders that it is in.
  private static func ancestors(_ folder: URL) -> [String] {
    var paths: [String] = []
    var folder = folder.standardizedFileURL
    while folder.pathComponents.count > 1 {
      paths.append(folder.path)
      folder.deleteLastPathComponent()
    }
    return paths
  }
}
