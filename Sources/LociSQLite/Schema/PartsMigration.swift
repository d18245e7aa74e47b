import LociSQL

/// Version 7: a record may have several vectors in a space, one for each part of its text.
///
/// SQLite can't change what is unique in a table, so the table is made anew; numbers stay.
enum PartsMigration: Migration {
  static let version = 7

  static func up(_ connection: Connection) throws {
    try VectorTableChange(connection, columns: ["change"]).run {
      try connection.executeScript(
        """
        \(VectorTableChange.table(beside: "  change INTEGER NOT NULL,\n"))
        CREATE INDEX vector_by_change ON vector (space, change);
        """)
    }
    try connection.executeScript(VectorsMigration.vectorTriggers)
  }

  static func down(_ connection: Connection) throws {
    try connection.executeScript("DELETE FROM vector WHERE part <> 0;")
    try VectorTableChange(connection, columns: ["change"]).run {
      try connection.executeScript(VectorsMigration.vectorTable)
      try connection.executeScript(
        ContextFields.ofVectors.additions(to: "vector", ContextMigration.typeName))
    }
    try connection.executeScript(VectorsMigration.vectorTriggers)
  }
}

/// Version 5 of a file of sqlite-vec's vectors: the same.
enum SQLiteVecPartsMigration: Migration {
  static let version = 5

  static func up(_ connection: Connection) throws {
    try VectorTableChange(connection, columns: []).run {
      try connection.executeScript(
        """
        \(VectorTableChange.table(beside: ""))
        CREATE INDEX vector_by_source ON vector (namespace, source_uri)
          WHERE source_uri IS NOT NULL;
        """)
    }
  }

  static func down(_ connection: Connection) throws {
    for space in try SQLiteVecSpace.all(connection) {
      try connection.execute(
        """
        DELETE FROM \(space.table) WHERE number IN (
          SELECT number FROM vector WHERE space = ? AND part <> 0)
        """, [.integer(space.number)])
    }
    try connection.executeScript("DELETE FROM vector WHERE part <> 0;")
    try VectorTableChange(connection, columns: []).run {
      try connection.executeScript(SQLiteVecMigration.vectorTable)
      try connection.executeScript(
        ContextFields.ofVectors.additions(to: "vector", ContextMigration.typeName))
    }
  }
}

/// Puts another table in the place of `vector`, with the same rows.
private struct VectorTableChange {
  private let connection: Connection
  private let names: String

  /// - Parameter columns: What the file has beside what every file has.
  init(_ connection: Connection, columns: [String]) {
    self.connection = connection
    names =
      (["number", "space", "namespace", "id", "content_hash"] + columns
      + ContextFields.attributes).joined(separator: ", ")
  }

  func run(_ makeTable: () throws -> Void) throws {
    try connection.executeScript(
      "CREATE TEMP TABLE kept_vector AS SELECT \(names) FROM vector; DROP TABLE vector;")
    try makeTable()
    try connection.executeScript(
      """
      INSERT INTO vector (\(names)) SELECT \(names) FROM kept_vector ORDER BY number;
      DROP TABLE kept_vector;
      """)
  }

  /// The table from these versions on.
  static func table(beside others: String) -> String {
    """
    CREATE TABLE vector (
      number INTEGER PRIMARY KEY,
      space INTEGER NOT NULL REFERENCES space (number),
      namespace TEXT NOT NULL,
      id TEXT NOT NULL,
      part INTEGER NOT NULL DEFAULT 0,
      content_hash BLOB NOT NULL CHECK (length(content_hash) = 32),
    \(others)  collection TEXT NOT NULL,
      status TEXT NOT NULL,
      category TEXT,
      created_at INTEGER NOT NULL,
      source_uri TEXT,
      metadata TEXT NOT NULL,
      audience TEXT NOT NULL DEFAULT 'everyone',
      whole TEXT,
      position INTEGER,
      occurred_at INTEGER,
      valid_from INTEGER,
      valid_until INTEGER,
      known_from INTEGER,
      known_until INTEGER,
      author TEXT,
      importance INTEGER NOT NULL DEFAULT 3,
      confidence REAL NOT NULL DEFAULT 1.0,
      UNIQUE (namespace, id, space, part)
    ) STRICT;
    """
  }
}
