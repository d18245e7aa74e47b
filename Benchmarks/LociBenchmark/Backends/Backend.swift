import Foundation
import LociCore
import LociLance
import LociPostgres
import LociSQLite
import LociSimulation

/// The vector stores that are compared, each in a folder of its own.
enum Backend: String, CaseIterable {
  case native
  case sqliteVec = "sqlite-vec"
  case lancedb
  case postgres
  case simulated

  init(named name: String?) throws {
    guard let backend = name.flatMap(Backend.init) else {
      throw Failure("\(name ?? "") is no backend.")
    }
    self = backend
  }

  /// How it searches.
  var index: String {
    switch self {
    case .native, .sqliteVec, .simulated: "exact"
    case .lancedb: "IVF_RQ"
    case .postgres: "HNSW, halfvec"
    }
  }

  /// What it is made of, with versions.
  func engine(in folder: URL) async throws -> String {
    switch self {
    case .native: "SQLite \(SQLiteDatabase.engineVersion)"
    case .sqliteVec: "sqlite-vec \(SQLiteVecStore.engineVersion)"
    case .lancedb: "LanceDB \(LanceVectorStore.engineVersion)"
    case .postgres: try await ServerNote(in: folder).database(.hnsw).engineVersion()
    case .simulated: "memory"
    }
  }

  /// Opens the store in a folder, or makes it there.
  ///
  /// - Parameter isFilling: Leaves PostgreSQL's index out until it is built as a whole.
  func open(in folder: URL, isFilling: Bool = false) async throws -> any VectorStore {
    switch self {
    case .native:
      try await SQLiteDatabase.open(
        at: folder.appending(path: "native.sqlite"), vectorsFollowRecords: false
      ).vectors
    case .sqliteVec:
      try await SQLiteVecStore.open(
        at: folder.appending(path: "sqlite-vec.sqlite"),
        extension: SQLiteVecStore.library(in: Folders()))
    case .lancedb:
      try await LanceVectorStore.open(
        LanceSettings(location: folder.path, engine: Self.lanceEngine))
    case .postgres:
      try await ServerNote(in: folder).database(isFilling ? .exact : .hnsw).vectors
    case .simulated: SimulatedVectorStore()
    }
  }

  /// Readies an empty folder for another store of the same server as the one in `neighbour`.
  func prepare(_ folder: URL, beside neighbour: URL) throws {
    guard self == .postgres else { return }
    let note = try ServerNote(in: neighbour)
    let schema = "\(note.schema)_\(folder.lastPathComponent)"
    try ServerNote(connection: note.connection, schema: schema, process: note.process)
      .write(in: folder)
  }

  /// The bytes that the store in a folder takes on the disk.
  func byteCount(in folder: URL) async throws -> Int {
    if self == .postgres { return try await ServerNote(in: folder).database(.hnsw).byteCount() }
    let files = FileManager.default.enumerator(
      at: folder, includingPropertiesForKeys: [.fileSizeKey])
    return files?.reduce(0) { sum, file in
      sum + ((try? (file as? URL)?.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0)
    } ?? 0
  }

  /// LanceDB's Python packages, where set-up put them.
  static var lanceEngine: URL {
    Folders().engines.appending(path: "lancedb/\(LanceVectorStore.engineVersion)")
  }
}

/// Where the PostgreSQL server is that the suite started: a note in a backend's folder.
struct ServerNote: Codable {
  let connection: String
  let schema: String
  /// The server's main process.
  let process: Int

  init(connection: String, schema: String, process: Int) {
    self.connection = connection
    self.schema = schema
    self.process = process
  }

  init(in folder: URL) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: Self.file(in: folder)))
  }

  func write(in folder: URL) throws {
    try JSONEncoder().encode(self).write(to: Self.file(in: folder))
  }

  func database(_ index: PostgresSettings.IndexKind) async throws -> PostgresDatabase {
    var settings = PostgresSettings(connection: connection)
    settings.schema = schema
    settings.indexKind = index
    return try await PostgresDatabase.open(settings, vectorsFollowRecords: false)
  }

  private static func file(in folder: URL) -> URL { folder.appending(path: "server.json") }
}
