import LociCore
import LociSQL

/// Version 6: whom records are for, where they belong and when they hold, and vectors that filters
/// can ask for all of it; metadata may hold lists.
enum ContextMigration: Migration {
  static let version = 6

  static let up = """
    \(ContextFields.ofRecords.additions(to: "record", typeName))
    CREATE INDEX record_by_audience ON record (namespace, audience, md5(author));
    CREATE INDEX record_by_whole ON record (namespace, whole, position) WHERE whole IS NOT NULL;
    \(forEachSpace(additions))
    \(trigger(inEach: "'vector_' || key"))
    """

  static let down = """
    \(withoutLists("record"))
    DROP INDEX record_by_whole;
    DROP INDEX record_by_audience;
    DROP TRIGGER record_changes_vectors ON record;
    \(ContextFields.ofRecords.removals(from: "record"))
    \(forEachSpace(removals))
    \(VectorsMigration.recordChangesVectors)
    """

  /// What PostgreSQL calls a kind.
  static func typeName(_ kind: Attribute.Kind) -> String {
    switch kind {
    case .text: "text COLLATE \"C\""
    case .integer: "bigint"
    case .real: "double precision"
    }
  }

  /// Runs statements for the table of each space; there, `%1$I` stands for its name.
  private static func forEachSpace(_ statements: String) -> String {
    """
    DO $block$
    DECLARE place text;
    BEGIN
      FOR place IN SELECT 'vector_' || key FROM space LOOP
        EXECUTE format($statements$ \(statements) $statements$, place);
      END LOOP;
    END $block$;
    """
  }

  private static let additions = """
    \(ContextFields.ofVectors.additions(to: "%1$I", typeName))
    UPDATE %1$I AS v
      SET author = r.author, importance = r.importance, confidence = r.confidence
      FROM record AS r WHERE r.namespace = v.namespace AND r.id = v.id
        AND (r.author, r.importance, r.confidence)
          IS DISTINCT FROM (v.author, v.importance, v.confidence);
    """

  private static let removals = """
    \(withoutLists("%1$I"))
    \(ContextFields.ofVectors.removals(from: "%1$I"))
    """

  private static func withoutLists(_ table: String) -> String {
    """
    UPDATE \(table) SET metadata = coalesce((SELECT jsonb_object_agg(key, value)::text
        FROM jsonb_each(facts) WHERE jsonb_typeof(value) <> 'array'), '{}')
      WHERE EXISTS (SELECT 1 FROM jsonb_each(facts) WHERE jsonb_typeof(value) = 'array');
    """
  }

  /// Vectors take what their record says by now, and go where its text is another one.
  ///
  /// - Parameter place: The name of a space's table, by its row.
  static func trigger(inEach place: String) -> String {
    let names = ContextFields.attributes
    func list(_ row: String) -> String {
      (["content_hash"] + names).map { "\(row).\($0)" }.joined(separator: ", ")
    }
    let taken = names.map { "\($0) = ($1).\($0)" }.joined(separator: ", ")
    return """
      DROP TRIGGER record_changes_vectors ON record;
      CREATE OR REPLACE FUNCTION record_changes_vectors() RETURNS trigger
      LANGUAGE plpgsql SET search_path FROM CURRENT AS $function$
      DECLARE place text;
      BEGIN
        FOR place IN SELECT \(place) FROM space LOOP
          EXECUTE format('DELETE FROM %I WHERE namespace = ($1).namespace AND id = ($1).id
              AND content_hash <> ($1).content_hash', place) USING NEW;
          EXECUTE format('UPDATE %I SET \(taken)
              WHERE namespace = ($1).namespace AND id = ($1).id', place) USING NEW;
        END LOOP;
        RETURN NULL;
      END $function$;
      CREATE TRIGGER record_changes_vectors AFTER UPDATE ON record
        FOR EACH ROW WHEN ((\(list("OLD"))) IS DISTINCT FROM (\(list("NEW"))))
        EXECUTE FUNCTION record_changes_vectors();
      """
  }
}
