import Foundation
import LociCore
import LociMemory

/// The files and folders that hold what was remembered, and should be their owner's alone.
struct PrivateStore: Sendable {
  /// What is looked into: files, and folders with everything in them.
  private let places: [String]
  /// What only counts itself: folders that hold engines and models, too.
  private let folders: [String]

  init(_ configuration: Configuration, _ folders: Folders) {
    let store = CanonicalPath.of(configuration.storePath)
    let known = ["", "-wal", "-shm", "-journal"].map { store + $0 }
    var places = known + [configuration.folderBesideStore.path]
    let named = VectorBackend.engines.compactMap(\.place.name).flatMap { name in
      ["", "-wal", "-shm"].map { name + $0 }
    }
    if let location = configuration.vectorLocation, !location.contains("://") {
      places += named.map { location + "/" + $0 }
    }
    places.append(folders.data.appending(path: "verified-files.json").path)
    self.places = places
    self.folders = [folders.data.path]
  }

  /// What others than the owner may read or write, sorted. Complexity: O(files).
  var openToOthers: [String] {
    (folders + places + places.flatMap(Self.contents)).filter(PrivateFiles.isOpenToOthers).sorted()
  }

  /// Takes others' rights away.
  func close() throws {
    for path in openToOthers { try PrivateFiles.closeToOthers(path) }
  }

  /// A warning where there is something to close.
  var checks: [HealthCheck] {
    let found = openToOthers
    guard let first = found.first else { return [] }
    let more = found.count > 1 ? " and \(found.count - 1) more" : ""
    return [
      HealthCheck(
        subject: "privacy", state: .warning,
        finding: "Others on this machine have rights to \(first)\(more).",
        remedy: "Run `loci fsck --repair`.")
    ]
  }

  private static func contents(of folder: String) -> [String] {
    guard let names = FileManager.default.enumerator(atPath: folder) else { return [] }
    return names.compactMap { ($0 as? String).map { folder + "/" + $0 } }
  }
}
