/// Version 1: records and their audit log.
enum RecordsMigration: Migration {
  static let version = 1

  static func up(_ connection: Connection) throws {
    try connection.executeScript(
      """
      CREATE TABLE record (
        number INTEGER PRIMARY KEY,
        namespace TEXT NOT NULL,
        id TEXT NOT NULL,
        collection TEXT NOT NULL,
        status TEXT NOT NULL,
        category TEXT,
        content_hash BLOB NOT NULL CHECK (length(content_hash) = 32),
        importance INTEGER NOT NULL CHECK (importance BETWEEN 1 AND 5),
        confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        last_accessed_at INTEGER,
        access_count INTEGER NOT NULL,
        author TEXT,
        source_uri TEXT,
        source_heading TEXT,
        source_first_line INTEGER,
        source_last_line INTEGER,
        metadata TEXT NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (namespace, id)
      ) STRICT;
      CREATE INDEX record_by_state ON record (namespace, collection, status);
      CREATE INDEX record_by_source ON record (namespace, source_uri, id)
        WHERE source_uri IS NOT NULL;

      CREATE TABLE audit (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        time INTEGER NOT NULL,
        action TEXT NOT NULL,
        namespace TEXT NOT NULL,
        record TEXT NOT NULL,
        actor TEXT
      ) STRICT;
      CREATE INDEX audit_by_namespace ON audit (namespace, sequence);
      CREATE INDEX audit_by_record ON audit (namespace, record, sequence);
      """)
  }

  static func down(_ connection: Connection) throws {
    try connection.executeScript("DROP TABLE audit; DROP TABLE record;")
  }
}
