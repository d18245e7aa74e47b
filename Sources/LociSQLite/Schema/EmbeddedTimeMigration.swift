/// Version 13: a vector says when it was made.
enum EmbeddedTimeMigration: Migration {
  static let version = 13

  static func up(_ connection: Connection) throws {
    try connection.executeScript("ALTER TABLE vector ADD COLUMN embedded_at INTEGER;")
  }

  static func down(_ connection: Connection) throws {
    try connection.executeScript("ALTER TABLE vector DROP COLUMN embedded_at;")
  }
}

/// Version 6 of a file of sqlite-vec's vectors: the same.
enum SQLiteVecEmbeddedTimeMigration: Migration {
  static let version = 6

  static func up(_ connection: Connection) throws { try EmbeddedTimeMigration.up(connection) }
  static func down(_ connection: Connection) throws { try EmbeddedTimeMigration.down(connection) }
}
