/// Version 10: the index of words by namespaces, with their totals, of words that Loci has stemmed
/// itself.
enum WordSpacesMigration: Migration {
  static let version = 10

  static func up(_ connection: Connection) throws {
    try connection.executeScript(
      """
      DROP TABLE words;
      CREATE VIRTUAL TABLE words USING fts5 (
        text, heading, content = '',
        tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
      );
      CREATE TABLE word_space (
        number INTEGER PRIMARY KEY,
        namespace TEXT NOT NULL UNIQUE,
        records INTEGER NOT NULL,
        length INTEGER NOT NULL
      ) STRICT;
      """)
    try WordIndex.rebuild(connection)
  }

  /// What was version 2's; a Loci of that time indexes everything anew when it opens the file.
  static func down(_ connection: Connection) throws {
    try connection.executeScript("DROP TABLE word_space; DROP TABLE words;")
    try connection.executeScript(WordsMigration.index)
    try connection.execute("DELETE FROM setting WHERE name = 'segmenter_version'")
  }
}
