/// Version 2: the index of words, and which version of Loci's words is in it.
///
/// The text search configuration has no stop words: a common word still tells which of two records
/// holds more of a query. It stems words of a…z only; see ``WordText`` for the others.
enum WordsMigration: Migration {
  static let version = 2

  static let up = """
    CREATE TEXT SEARCH DICTIONARY word_stem (TEMPLATE = snowball, LANGUAGE = english);
    CREATE TEXT SEARCH CONFIGURATION words (PARSER = pg_catalog.default);
    ALTER TEXT SEARCH CONFIGURATION words ADD MAPPING FOR asciiword WITH word_stem;
    ALTER TEXT SEARCH CONFIGURATION words ADD MAPPING FOR numword WITH pg_catalog.simple;
    ALTER TABLE record ADD COLUMN words tsvector NOT NULL DEFAULT '';
    CREATE INDEX record_by_words ON record USING gin (words);
    CREATE TABLE setting (name text PRIMARY KEY, value text NOT NULL);
    """

  static let down = """
    DROP TABLE setting;
    ALTER TABLE record DROP COLUMN words;
    DROP TEXT SEARCH CONFIGURATION words;
    DROP TEXT SEARCH DICTIONARY word_stem;
    """
}
