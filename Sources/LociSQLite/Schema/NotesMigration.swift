/// Version 4: small values beside the records, such as where the vectors are.
enum NotesMigration: Migration {
  static let version = 4

  static func up(_ connection: Connection) throws {
    try connection.executeScript(
      "CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;")
  }

  static func down(_ connection: Connection) throws {
    try connection.executeScript("DROP TABLE note;")
  }
}
