/// Version 9: an index that lists the newest records first.
enum OrderMigration: Migration {
  static let version = 9

  static func up(_ connection: Connection) throws {
    try connection.executeScript(
      "CREATE INDEX record_by_creation ON record (namespace, created_at DESC, id);")
  }

  static func down(_ connection: Connection) throws {
    try connection.executeScript("DROP INDEX record_by_creation;")
  }
}
