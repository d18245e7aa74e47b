#if SQLiteVec
  import LociCore
  import LociSQLite

  extension VectorBackend {
    /// sqlite-vec, in an SQLite file of its own.
    public static let sqliteVec = VectorBackend("sqlite-vec")
  }

  /// sqlite-vec, an extension that SQLite loads.
  struct SQLiteVecVectors: VectorEngine {
    let backend = VectorBackend.sqliteVec
    let place = VectorPlace.folder(name: "sqlite-vec.sqlite")

    func needs(in folders: Folders) -> NeededEngine? {
      NeededEngine(
        version: SQLiteVecStore.engineVersion, file: SQLiteVecStore.library(in: folders))
    }

    func open(_ opening: Opening, in location: String?) async throws -> any VectorStore {
      try await SQLiteVecStore.open(
        at: opening.file(of: self, in: location),
        extension: SQLiteVecStore.library(in: opening.folders), access: opening.access)
    }
  }
#endif
