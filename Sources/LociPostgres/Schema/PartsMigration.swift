/// Version 8: a record may have several vectors in a space, one for each part of its text.
enum PartsMigration: Migration {
  static let version = 8

  static let up = EveryVectorTable.run(
    """
    ALTER TABLE %1$I ADD COLUMN part bigint NOT NULL DEFAULT 0;
    ALTER TABLE %1$I DROP CONSTRAINT %2$I;
    ALTER TABLE %1$I ADD PRIMARY KEY (namespace, id, part);
    """)

  static let down = EveryVectorTable.run(
    """
    DELETE FROM %1$I WHERE part <> 0;
    ALTER TABLE %1$I DROP CONSTRAINT %2$I;
    ALTER TABLE %1$I ADD PRIMARY KEY (namespace, id);
    ALTER TABLE %1$I DROP COLUMN part;
    """)
}
