/// Version 9: the earlier texts of records that were changed. They go with their record, and on the
/// way down all of them go.
enum VersionsMigration: Migration {
  static let version = 9

  static let up = """
    CREATE TABLE version (
      namespace text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      number bigint NOT NULL,
      known_from bigint NOT NULL,
      known_until bigint NOT NULL,
      actor text,
      text text NOT NULL,
      PRIMARY KEY (namespace, id, number),
      FOREIGN KEY (namespace, id) REFERENCES record ON DELETE CASCADE
    );
    """

  static let down = "DROP TABLE version;"
}
