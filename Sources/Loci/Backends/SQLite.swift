import Foundation
import LociCore
import LociMemory
import LociSQLite

extension StoreBackend {
  /// One SQLite file.
  public static let sqlite = StoreBackend("sqlite")
}

extension VectorBackend {
  /// An index in this process, over an SQLite file.
  public static let native = VectorBackend("native")
}

/// One SQLite file, with the native vectors in it.
struct SQLiteStore: StoreEngine {
  let backend = StoreBackend.sqlite

  var settings: [Setting] {
    [.path("store.path", "LOCI_STORE_PATH", \.storePath, "The file of an SQLite store.")]
  }

  func file(of configuration: Configuration) -> String? { configuration.storePath }

  let backupEnding = SQLiteDatabase.backupEnding

  func restore(_ backup: URL, _ opening: Opening, mark: String) async throws -> RestoreReport {
    let restored = try await SQLiteDatabase.restore(
      backup, to: URL(filePath: opening.configuration.storePath), mark: mark)
    return RestoreReport(
      backup: backup, recordCount: restored.recordCount, kept: restored.kept?.path)
  }

  func open(_ opening: Opening) async throws -> OpenStore {
    let database = try await SQLiteDatabase.open(
      at: URL(filePath: opening.configuration.storePath), access: opening.access)
    return OpenStore(
      name: backend.rawValue, records: database.records,
      ownBackend: VectorBackend.native.rawValue, ownVectors: database.vectors, care: database)
  }
}

/// The native vectors in a file of their own.
struct NativeVectors: VectorEngine {
  let backend = VectorBackend.native
  let place = VectorPlace.folder(name: "native.sqlite")

  func open(_ opening: Opening, in location: String?) async throws -> any VectorStore {
    try await SQLiteDatabase.open(
      at: opening.file(of: self, in: location), access: opening.access,
      vectorsFollowRecords: false
    ).vectors
  }
}

extension SQLiteDatabase: StoreCare {
  package var location: String { url.path(percentEncoded: false) }
  package var engine: String { "SQLite \(Self.engineVersion)" }
  package var byteCount: Int64? {
    ["", "-wal"].reduce(Int64(0)) { $0 + (FileState(location + $1)?.size ?? 0) }
  }
  package func problems() async throws -> [String] {
    try await integrityCheck() + recordCheck()
  }

  static let backupEnding = "sqlite"
  package var backupEnding: String { Self.backupEnding }
}
