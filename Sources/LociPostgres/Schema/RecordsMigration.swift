/// Version 1: records and their audit log.
///
/// - Names and ids compare by UTF-8 bytes, as in every store.
/// - Texts that may hold U+0000 are escaped, since PostgreSQL has no room for it.
/// - `metadata` is the JSON as it was written; `facts` is the same for filters to look into, which
///   normalises numbers.
/// - `audit_head` has one row. Whoever writes to the log holds it until the end, so that numbers
///   become visible in their order, and nobody who reads on from a number misses a line.
enum RecordsMigration: Migration {
  static let version = 1

  static let up = """
    CREATE TABLE record (
      namespace text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      collection text COLLATE "C" NOT NULL,
      status text COLLATE "C" NOT NULL,
      category text COLLATE "C",
      content_hash bytea NOT NULL CHECK (length(content_hash) = 32),
      importance bigint NOT NULL CHECK (importance BETWEEN 1 AND 5),
      confidence double precision NOT NULL CHECK (confidence BETWEEN 0 AND 1),
      created_at bigint NOT NULL,
      updated_at bigint NOT NULL,
      last_accessed_at bigint,
      access_count bigint NOT NULL,
      author text,
      source_uri text COLLATE "C",
      source_heading text,
      source_first_line bigint,
      source_last_line bigint,
      metadata text NOT NULL,
      facts jsonb GENERATED ALWAYS AS (metadata::jsonb) STORED,
      text text NOT NULL,
      PRIMARY KEY (namespace, id)
    ) WITH (fillfactor = 90);
    CREATE INDEX record_by_state ON record (namespace, collection, status);
    CREATE INDEX record_by_source ON record (namespace, md5(source_uri))
      WHERE source_uri IS NOT NULL;
    CREATE INDEX record_by_facts ON record USING gin (facts jsonb_path_ops);

    CREATE TABLE audit (
      sequence bigint PRIMARY KEY,
      time bigint NOT NULL,
      action text NOT NULL,
      namespace text COLLATE "C" NOT NULL,
      record text COLLATE "C" NOT NULL,
      actor text
    );
    CREATE INDEX audit_by_namespace ON audit (namespace, sequence);
    CREATE INDEX audit_by_record ON audit (namespace, record, sequence);
    CREATE TABLE audit_head (last bigint NOT NULL);
    INSERT INTO audit_head (last) VALUES (0);
    """

  static let down = "DROP TABLE audit_head; DROP TABLE audit; DROP TABLE record;"
}
