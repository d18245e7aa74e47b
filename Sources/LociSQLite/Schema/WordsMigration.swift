/// Version 2: the index of words, and the version of the segmenter that fed it.
///
/// The index is contentless: it holds no second copy of the texts.
enum WordsMigration: Migration {
  static let version = 2

  static let index = """
    CREATE VIRTUAL TABLE words USING fts5 (
      text, heading, content = '',
      tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
    );
    """

  /// The index stays empty: a later version makes another one.
  static func up(_ connection: Connection) throws {
    try connection.executeScript(index)
    try connection.executeScript(
      "CREATE TABLE setting (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;")
  }

  static func down(_ connection: Connection) throws {
    try connection.executeScript("DROP TABLE setting; DROP TABLE words;")
  }
}
