package import Foundation

/// A store's file as such, for moving it between schema versions.
package enum StoreFile {
  /// The schema version that this Loci reads and writes.
  package static var newestVersion: Int { Schema.memory.newest }
  /// The same of a file of sqlite-vec's vectors.
  package static var newestSQLiteVecVersion: Int { Schema.sqliteVec.newest }

  /// Brings a file up or down to a version, in one transaction; a missing file is made.
  ///
  /// Going down loses what only the newer versions can hold. Nobody else may have the file open.
  /// - Parameter sqliteVec: sqlite-vec's library, for a file of its vectors.
  package static func migrate(_ url: URL, to version: Int, sqliteVec: URL? = nil) throws {
    try (sqliteVec == nil ? Schema.memory : .sqliteVec).migrate(
      settings(url, sqliteVec).connectMaking(), to: version)
  }

  /// The definitions of a file's tables, indexes and triggers, sorted; SQLite's own are left out,
  /// since it never drops those.
  package static func definitions(_ url: URL) throws -> [String] {
    try settings(url).connect().rows(
      """
      SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY sql
      """
    ) { $0.text(0) }
  }

  private static func settings(_ url: URL, _ sqliteVec: URL? = nil) -> ConnectionSettings {
    ConnectionSettings(
      path: url.path(percentEncoded: false), busyTimeoutMilliseconds: 1000,
      sqliteVec: sqliteVec.map(SQLiteVecLibrary.init))
  }
}
