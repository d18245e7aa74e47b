/// Version 5: the words of long texts beyond the first part, which lies in the record's row.
///
/// They go with their record. All texts are cut into words anew when the store is opened next.
enum WordPartsMigration: Migration {
  static let version = 5

  static let up = """
    CREATE TABLE word_part (
      namespace text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      number bigint NOT NULL,
      words tsvector NOT NULL,
      PRIMARY KEY (namespace, id, number),
      FOREIGN KEY (namespace, id) REFERENCES record ON DELETE CASCADE
    );
    CREATE INDEX word_part_by_words ON word_part USING gin (words);
    DELETE FROM setting WHERE name = 'words_version';
    """

  static let down = "DROP TABLE word_part; DELETE FROM setting WHERE name = 'words_version';"
}
