import LociSQL

/// Version 1 of a file of sqlite-vec's vectors.
///
/// `vector` holds everything but the components, as in a file of memories. Each space has a vec0
/// table of its own, which ``SQLiteVecSpace`` makes.
enum SQLiteVecMigration: Migration {
  static let version = 1

  static func up(_ connection: Connection) throws {
    try connection.executeScript(
      """
      CREATE TABLE space (
        number INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        definition TEXT NOT NULL,
        build INTEGER NOT NULL
      ) STRICT;
      """)
    try connection.executeScript(vectorTable)
  }

  /// As it was until version 2.
  static let vectorTable = """
    CREATE TABLE vector (
      number INTEGER PRIMARY KEY,
      space INTEGER NOT NULL REFERENCES space (number),
      namespace TEXT NOT NULL,
      id TEXT NOT NULL,
      content_hash BLOB NOT NULL CHECK (length(content_hash) = 32),
      collection TEXT NOT NULL,
      status TEXT NOT NULL,
      category TEXT,
      created_at INTEGER NOT NULL,
      source_uri TEXT,
      metadata TEXT NOT NULL,
      UNIQUE (namespace, id, space)
    ) STRICT;
    CREATE INDEX vector_by_source ON vector (namespace, source_uri)
      WHERE source_uri IS NOT NULL;
    """

  static func down(_ connection: Connection) throws {
    for space in try SQLiteVecSpace.all(connection) {
      try connection.execute("DROP TABLE \(space.table)")
    }
    try connection.executeScript("DROP TABLE vector; DROP TABLE space;")
  }
}

/// Version 2 of a file of sqlite-vec's vectors: the table that ``Lineage`` keeps its numbers in.
enum SQLiteVecSettingsMigration: Migration {
  static let version = 2

  static func up(_ connection: Connection) throws {
    try connection.executeScript(
      "CREATE TABLE setting (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;")
  }

  static func down(_ connection: Connection) throws {
    try connection.executeScript("DROP TABLE setting;")
  }
}

/// Version 3 of a file of sqlite-vec's vectors: filters can ask for all that records say.
///
/// What the entries of earlier versions lack, their authors above all, `fsck` brings over.
enum SQLiteVecContextMigration: Migration {
  static let version = 3

  static func up(_ connection: Connection) throws {
    try connection.executeScript(
      ContextFields.ofVectors.additions(to: "vector", ContextMigration.typeName))
  }

  static func down(_ connection: Connection) throws {
    try MetadataLists.remove(from: ["vector"], connection)
    try connection.executeScript(ContextFields.ofVectors.removals(from: "vector"))
  }
}
