/// Version 8: a record may have several vectors in a space, one for each part of its text.
enum PartsMigration: Migration {
  static let version = 8

  static let up = VectorTable.everyTable(
    """
    ALTER TABLE %1$I ADD COLUMN part bigint NOT NULL DEFAULT 0;
    ALTER TABLE %1$I DROP CONSTRAINT %2$I;
    ALTER TABLE %1$I ADD PRIMARY KEY (namespace, id, part);
    """)

  static let down = VectorTable.everyTable(
    """
    DELETE FROM %1$I WHERE part <> 0;
    ALTER TABLE %1$I DROP CONSTRAINT %2$I;
    ALTER TABLE %1$I ADD PRIMARY KEY (namespace, id);
    ALTER TABLE %1$I DROP COLUMN part;
    """)
}

extension VectorTable {
  /// Runs statements for the table of each space; `%1$I` stands for its name, and `%2$I` for its
  /// primary key's.
  static func everyTable(_ statements: String) -> String {
    """
    DO $block$
    DECLARE
      owner text;
      key text;
    BEGIN
      FOR owner, key IN SELECT s.place, c.conname FROM space AS s
        JOIN pg_constraint AS c ON c.conrelid = s.place::regclass AND c.contype = 'p' LOOP
        EXECUTE format($statements$ \(statements) $statements$, owner, key);
      END LOOP;
    END $block$;
    """
  }
}
