/// Version 8: the earlier texts of records that were changed. They go with their record, and on the
/// way down all of them go.
enum VersionsMigration: Migration {
  static let version = 8

  static func up(_ connection: Connection) throws {
    try connection.executeScript(
      """
      CREATE TABLE version (
        namespace TEXT NOT NULL,
        id TEXT NOT NULL,
        number INTEGER NOT NULL,
        known_from INTEGER NOT NULL,
        known_until INTEGER NOT NULL,
        actor TEXT,
        text TEXT NOT NULL,
        UNIQUE (namespace, id, number)
      ) STRICT;
      CREATE TRIGGER record_takes_versions AFTER DELETE ON record BEGIN
        DELETE FROM version WHERE namespace = OLD.namespace AND id = OLD.id;
      END;
      """)
  }

  static func down(_ connection: Connection) throws {
    try connection.executeScript("DROP TRIGGER record_takes_versions; DROP TABLE version;")
  }
}
