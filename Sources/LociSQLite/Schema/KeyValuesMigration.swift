/// Version 11: JSON values by key, for apps and for what bots keep beside their records. On the way
/// down all of them go.
enum KeyValuesMigration: Migration {
  static let version = 11

  static func up(_ connection: Connection) throws {
    try connection.executeScript(
      """
      CREATE TABLE key_value (
        namespace TEXT NOT NULL,
        shelf TEXT NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        updated_at INTEGER NOT NULL,
        PRIMARY KEY (namespace, shelf, key)
      ) STRICT, WITHOUT ROWID;
      """)
  }

  static func down(_ connection: Connection) throws {
    try connection.executeScript("DROP TABLE key_value;")
  }
}
