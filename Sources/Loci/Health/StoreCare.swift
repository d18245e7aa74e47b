import Foundation
import LociCore
import LociPostgres
import LociSQLite

/// What a store can say and do about itself, besides keeping records.
protocol StoreCare: Sendable {
  /// Where it is: a path or an address without secrets.
  var location: String { get }
  /// The engine's name and version.
  var engine: String { get async throws }
  /// How many bytes it takes, where that is known.
  var byteCount: Int64? { get async throws }
  /// What a full check finds wrong; empty where all is well.
  func problems() async throws -> [String]
}

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
