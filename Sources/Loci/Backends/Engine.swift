import Foundation
import LociCore
import LociMemory

/// What a backend is opened with.
struct Opening: Sendable {
  let configuration: Configuration
  let folders: Folders
  let access: StoreAccess
}

/// A place for records, and the vectors that live in it.
protocol StoreEngine: Sendable {
  var backend: StoreBackend { get }
  /// Its own settings, in the order of the documentation.
  var settings: [Setting] { get }
  /// The file that a configuration names; nil for a server.
  func file(of configuration: Configuration) -> String?
  func open(_ opening: Opening) async throws -> OpenStore
  /// The ending of its backups' names.
  var backupEnding: String { get }
  /// Puts a backup in the place of the store that a configuration names, once all of it was read.
  ///
  /// - Parameter mark: What the name of what is kept gets.
  func restore(_ backup: URL, _ opening: Opening, mark: String) async throws -> RestoreReport
}

/// A place for vectors.
protocol VectorEngine: Sendable {
  var backend: VectorBackend { get }
  /// Its own settings, in the order of the documentation.
  var settings: [Setting] { get }
  /// Where it keeps vectors that are not in the store of the records.
  var place: VectorPlace { get }
  /// What has to be installed on this machine; nil where nothing has.
  func needs(in folders: Folders) -> NeededEngine?
  func open(_ opening: Opening, in location: String?) async throws -> any VectorStore
  /// What the doctor finds; nil where there is nothing that could be missing.
  func check(_ examination: Examination) async -> HealthCheck?
}

/// Where a backend keeps vectors.
enum VectorPlace: Hashable, Sendable {
  /// In a folder, under a name.
  case folder(name: String)
  /// In a folder, under a name, or at an address such as `s3://…`.
  case folderOrAddress(name: String)
  /// On a server, whose address can't be told from another one's without asking it.
  case server

  /// The name of its file or folder in a folder of vectors.
  var name: String? {
    switch self {
    case .folder(let name), .folderOrAddress(let name): name
    case .server: nil
    }
  }
}

/// An engine that is installed apart from Loci.
struct NeededEngine {
  /// Its name and version.
  let version: String
  /// What must be there.
  let file: URL
}

/// What the doctor looks at a backend with.
struct Examination {
  let configuration: Configuration
  let folders: Folders
  /// The parts of the memory that was opened; nil where it could not be.
  let open: OpenParts?

  func isServing(_ backend: VectorBackend) -> Bool { open?.backend == backend.rawValue }
}

extension StoreEngine {
  var settings: [Setting] { [] }
  func file(of configuration: Configuration) -> String? { nil }
}

extension VectorEngine {
  var settings: [Setting] { [] }
  func needs(in folders: Folders) -> NeededEngine? { nil }

  /// Looks for the engine; only one that is missing and used is bad.
  func check(_ examination: Examination) async -> HealthCheck? {
    guard let engine = needs(in: examination.folders) else { return nil }
    let name = backend.rawValue
    if FileManager.default.fileExists(atPath: engine.file.path) {
      return .good(name, "\(engine.version), in \(engine.file.deletingLastPathComponent().path).")
    }
    guard examination.isServing(backend) else { return .good(name, "Not installed, and not used.") }
    return HealthCheck(
      subject: name, state: .bad, finding: "\(engine.version) is not in \(engine.file.path).",
      remedy: "Run `Scripts/setup \(name)`.")
  }
}
