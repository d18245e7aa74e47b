/// Version 3: vectors by space, their codes, and what other connections need to follow changes.
///
/// - `vector` knows what filters see. `vector_code` and `vector_components` hang on its number.
/// - `vector_code` is clustered by partition, so that loading one reads only its own pages: its key
///   is the partition's number × 2⁴⁰ + the vector's number.
/// - `vector_clock` counts changes; each changed vector carries the count, each deleted one leaves
///   a tombstone, of which the last 16384 are kept.
/// - The triggers on `record` keep a forgotten or changed text from being found by its old vector,
///   whoever writes.
enum VectorsMigration: Migration {
  static let version = 3

  static func up(_ connection: Connection) throws {
    try connection.executeScript(tables)
    try connection.executeScript(vectorTable)
    try connection.executeScript(vectorTriggers)
    try connection.executeScript(tombstoneTrigger)
    try connection.executeScript(recordTakesVectors)
    try connection.executeScript(recordChangesVectors)
  }

  static func down(_ connection: Connection) throws {
    try connection.executeScript(
      """
      DROP TRIGGER record_changes_vectors;
      DROP TRIGGER record_takes_vectors;
      DROP TABLE vector;
      DROP TABLE vector_tombstone;
      DROP TABLE vector_clock;
      DROP TABLE vector_components;
      DROP TABLE vector_code;
      DROP TABLE vector_partition;
      DROP TABLE space;
      """)
  }

  private static let tables = """
    CREATE TABLE space (
      number INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,
      definition TEXT NOT NULL,
      code_version INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE vector_partition (
      number INTEGER PRIMARY KEY,
      space INTEGER NOT NULL REFERENCES space (number),
      namespace TEXT NOT NULL,
      collection TEXT NOT NULL,
      status TEXT NOT NULL,
      UNIQUE (space, namespace, collection, status)
    ) STRICT;
    CREATE TABLE vector_code (key INTEGER PRIMARY KEY, code BLOB NOT NULL) STRICT;
    CREATE TABLE vector_components (
      number INTEGER PRIMARY KEY, components BLOB NOT NULL
    ) STRICT;
    CREATE TABLE vector_tombstone (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      space INTEGER NOT NULL,
      namespace TEXT NOT NULL,
      number INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE vector_clock (change INTEGER NOT NULL) STRICT;
    INSERT INTO vector_clock (change) VALUES (0);
    """

  /// As it was until version 4.
  static let vectorTable = """
    CREATE TABLE vector (
      number INTEGER PRIMARY KEY,
      space INTEGER NOT NULL REFERENCES space (number),
      namespace TEXT NOT NULL,
      id TEXT NOT NULL,
      content_hash BLOB NOT NULL CHECK (length(content_hash) = 32),
      change INTEGER NOT NULL,
      collection TEXT NOT NULL,
      status TEXT NOT NULL,
      category TEXT,
      created_at INTEGER NOT NULL,
      source_uri TEXT,
      metadata TEXT NOT NULL,
      UNIQUE (namespace, id, space)
    ) STRICT;
    CREATE INDEX vector_by_change ON vector (space, change);
    """

  /// The key in `vector_code` of a vector as a trigger sees it.
  private static func codeKey(_ row: String) -> String {
    """
    (SELECT p.number << 40 | \(row).number FROM vector_partition AS p WHERE p.space = \(row).space
      AND p.namespace = \(row).namespace AND p.collection = \(row).collection
      AND p.status = \(row).status)
    """
  }

  /// They go with the table, and come back with it.
  static let vectorTriggers = """
    CREATE TRIGGER vector_is_gone AFTER DELETE ON vector BEGIN
      UPDATE vector_clock SET change = change + 1;
      DELETE FROM vector_code WHERE key = \(codeKey("OLD"));
      DELETE FROM vector_components WHERE number = OLD.number;
      INSERT INTO vector_tombstone (space, namespace, number)
        VALUES (OLD.space, OLD.namespace, OLD.number);
    END;
    CREATE TRIGGER vector_moves AFTER UPDATE OF collection, status ON vector
    WHEN OLD.collection <> NEW.collection OR OLD.status <> NEW.status BEGIN
      INSERT INTO vector_partition (space, namespace, collection, status)
        SELECT NEW.space, NEW.namespace, NEW.collection, NEW.status WHERE NOT EXISTS (
          SELECT 1 FROM vector_partition AS p WHERE p.space = NEW.space
            AND p.namespace = NEW.namespace AND p.collection = NEW.collection
            AND p.status = NEW.status);
      UPDATE vector_code SET key = \(codeKey("NEW")) WHERE key = \(codeKey("OLD"));
    END;
    """

  private static let tombstoneTrigger = """
    CREATE TRIGGER tombstone_is_old AFTER INSERT ON vector_tombstone BEGIN
      DELETE FROM vector_tombstone WHERE sequence <= NEW.sequence - 16384;
    END;
    """

  private static let recordTakesVectors = """
    CREATE TRIGGER record_takes_vectors AFTER DELETE ON record BEGIN
      DELETE FROM vector WHERE namespace = OLD.namespace AND id = OLD.id;
    END;
    """

  /// As it was until version 4.
  static let recordChangesVectors = """
    CREATE TRIGGER record_changes_vectors AFTER UPDATE ON record
    WHEN OLD.content_hash <> NEW.content_hash OR OLD.collection <> NEW.collection
      OR OLD.status <> NEW.status OR OLD.category IS NOT NEW.category
      OR OLD.created_at <> NEW.created_at OR OLD.source_uri IS NOT NEW.source_uri
      OR OLD.metadata <> NEW.metadata BEGIN
      DELETE FROM vector WHERE namespace = NEW.namespace AND id = NEW.id
        AND content_hash <> NEW.content_hash;
      UPDATE vector_clock SET change = change + 1;
      UPDATE vector SET change = (SELECT change FROM vector_clock),
        collection = NEW.collection, status = NEW.status, category = NEW.category,
        created_at = NEW.created_at, source_uri = NEW.source_uri, metadata = NEW.metadata
        WHERE namespace = NEW.namespace AND id = NEW.id;
    END;
    """
}
