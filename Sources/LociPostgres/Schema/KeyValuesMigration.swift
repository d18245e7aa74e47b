/// Version 12: JSON values by key, for apps and for what bots keep beside their records. On the way
/// down all of them go.
enum KeyValuesMigration: Migration {
  static let version = 12

  static let up = """
    CREATE TABLE key_value (
      namespace text COLLATE "C" NOT NULL,
      shelf text COLLATE "C" NOT NULL,
      key text COLLATE "C" NOT NULL,
      value text COLLATE "C" NOT NULL,
      updated_at bigint NOT NULL,
      PRIMARY KEY (namespace, shelf, key)
    );
    """

  static let down = "DROP TABLE key_value;"
}
