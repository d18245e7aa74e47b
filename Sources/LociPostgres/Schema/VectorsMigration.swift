/// Version 3: the spaces of vectors; each has a table of its own, made when it is first needed.
///
/// The triggers on `record` keep a forgotten or changed text from being found by its old vector,
/// whoever writes.
enum VectorsMigration: Migration {
  static let version = 3

  static let up = """
    CREATE TABLE space (
      key text PRIMARY KEY,
      number bigint GENERATED ALWAYS AS IDENTITY,
      definition text NOT NULL
    );
    \(recordTakesVectors(inEach: "'vector_' || key"))
    CREATE TRIGGER record_takes_vectors AFTER DELETE ON record
      FOR EACH ROW EXECUTE FUNCTION record_takes_vectors();
    \(recordChangesVectors)
    """

  /// - Parameter place: The name of a space's table, by its row.
  static func recordTakesVectors(inEach place: String) -> String {
    """
    CREATE OR REPLACE FUNCTION record_takes_vectors() RETURNS trigger
    LANGUAGE plpgsql SET search_path FROM CURRENT AS $function$
    DECLARE place text;
    BEGIN
      FOR place IN SELECT \(place) FROM space LOOP
        EXECUTE format('DELETE FROM %I WHERE namespace = $1 AND id = $2', place)
          USING OLD.namespace, OLD.id;
      END LOOP;
      RETURN NULL;
    END $function$;
    """
  }

  /// As it was until version 5.
  static let recordChangesVectors = """
    CREATE OR REPLACE FUNCTION record_changes_vectors() RETURNS trigger
    LANGUAGE plpgsql SET search_path FROM CURRENT AS $function$
    DECLARE place text;
    BEGIN
      FOR place IN SELECT 'vector_' || key FROM space LOOP
        EXECUTE format('DELETE FROM %I
            WHERE namespace = $1 AND id = $2 AND content_hash <> $3', place)
          USING NEW.namespace, NEW.id, NEW.content_hash;
        EXECUTE format('UPDATE %I SET collection = $3, status = $4, category = $5,
            created_at = $6, source_uri = $7, metadata = $8
            WHERE namespace = $1 AND id = $2', place)
          USING NEW.namespace, NEW.id, NEW.collection, NEW.status, NEW.category, NEW.created_at,
            NEW.source_uri, NEW.metadata;
      END LOOP;
      RETURN NULL;
    END $function$;
    CREATE TRIGGER record_changes_vectors AFTER UPDATE ON record
      FOR EACH ROW WHEN ((OLD.content_hash, OLD.collection, OLD.status, OLD.category,
          OLD.created_at, OLD.source_uri, OLD.metadata)
        IS DISTINCT FROM (NEW.content_hash, NEW.collection, NEW.status, NEW.category,
          NEW.created_at, NEW.source_uri, NEW.metadata))
      EXECUTE FUNCTION record_changes_vectors();
    """

  static let down = """
    DROP TRIGGER record_changes_vectors ON record;
    DROP TRIGGER record_takes_vectors ON record;
    DROP FUNCTION record_changes_vectors();
    DROP FUNCTION record_takes_vectors();
    DO $block$
    DECLARE place text;
    BEGIN
      FOR place IN SELECT 'vector_' || key FROM space LOOP
        EXECUTE format('DROP TABLE %I', place);
      END LOOP;
    END $block$;
    DROP TABLE space;
    """
}
