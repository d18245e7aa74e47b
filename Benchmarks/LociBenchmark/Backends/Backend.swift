import Foundation
import LociCore
import LociSQLite

/// The vector stores that are compared.
enum Backend: String, CaseIterable {
  case native
  case sqliteVec = "sqlite-vec"

  init(named name: String?) throws {
    guard let backend = name.flatMap(Backend.init) else {
      throw Failure("\(name ?? "") is no backend.")
    }
    self = backend
  }

  /// Whether its data outlives the process, and the same can be asked of the engine itself.
  var isComparedDirectly: Bool { self == .sqliteVec }

  /// Opens the store in a folder, or makes it there.
  func open(in folder: URL) async throws -> any VectorStore {
    switch self {
    case .native:
      try await SQLiteDatabase.open(
        at: folder.appending(path: "native.sqlite"), vectorsFollowRecords: false
      ).vectors
    case .sqliteVec:
      try await SQLiteVecStore.open(
        at: folder.appending(path: "sqlite-vec.sqlite"),
        extension: SQLiteVecStore.library(in: Folders()))
    }
  }
}
