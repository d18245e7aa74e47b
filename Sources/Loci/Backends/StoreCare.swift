import Foundation
import LociCore
import LociMemory
import LociPostgres
import LociSQLite

extension SQLiteDatabase: StoreCare {
  var location: String { url.path(percentEncoded: false) }
  var engine: String { "SQLite \(Self.engineVersion)" }
  var byteCount: Int64? {
    ["", "-wal"].reduce(Int64(0)) { $0 + (FileState(location + $1)?.size ?? 0) }
  }
  func problems() async throws -> [String] {
    try await integrityCheck() + recordCheck()
  }
}

/// A server's schema as a store.
struct PostgresCare: StoreCare {
  private let database: PostgresDatabase

  init(_ database: PostgresDatabase) { self.database = database }

  var location: String { database.location }
  var engine: String { get async throws { try await database.engineVersion() } }
  var byteCount: Int64? { get async throws { Int64(try await database.byteCount()) } }
  func problems() async throws -> [String] {
    try await database.integrityProblems() + database.recordProblems()
  }
}
