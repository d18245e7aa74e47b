/// Version 11: how long texts are, how many there are of them in each namespace, and words that
/// Loci has stemmed itself.
///
/// All texts are cut into words anew when the store is opened next. `border` is what a further part
/// has in common with the part before. `word_pairs` counts how often one word follows another
/// within a distance.
enum WordTotalsMigration: Migration {
  static let version = 11

  static let up = """
    ALTER TEXT SEARCH CONFIGURATION words
      ALTER MAPPING FOR asciiword WITH pg_catalog.simple;
    DROP TEXT SEARCH DICTIONARY word_stem;
    ALTER TABLE record ADD COLUMN word_count bigint NOT NULL DEFAULT 0,
      ADD COLUMN further_parts bigint NOT NULL DEFAULT 0;
    ALTER TABLE word_part ADD COLUMN border tsvector NOT NULL DEFAULT '';
    CREATE TABLE word_total (
      namespace text COLLATE "C" PRIMARY KEY,
      records bigint NOT NULL,
      length bigint NOT NULL
    );
    CREATE FUNCTION word_pairs(words tsvector, first text, second text, distance bigint)
    RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS $$
      SELECT count(*) FROM unnest(words) AS a (lexeme, places, weights),
        unnest(words) AS b (lexeme, places, weights),
        unnest(a.places) AS x, unnest(b.places) AS y
      WHERE a.lexeme = first AND b.lexeme = second AND y - x BETWEEN 1 AND distance
    $$;
    DELETE FROM setting WHERE name = 'words_version';
    """

  static let down = """
    DROP FUNCTION word_pairs;
    DROP TABLE word_total;
    ALTER TABLE word_part DROP COLUMN border;
    ALTER TABLE record DROP COLUMN further_parts, DROP COLUMN word_count;
    CREATE TEXT SEARCH DICTIONARY word_stem (TEMPLATE = snowball, LANGUAGE = english);
    ALTER TEXT SEARCH CONFIGURATION words ALTER MAPPING FOR asciiword WITH word_stem;
    DELETE FROM setting WHERE name = 'words_version';
    """
}
