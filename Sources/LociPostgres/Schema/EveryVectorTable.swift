/// The tables of all spaces, for migrations.
enum EveryVectorTable {
  /// What runs statements for the table of each space; `%1$I` stands for its name, and `%2$I` for
  /// its primary key's.
  static func run(_ statements: String) -> String {
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
