import LociCore
import LociSQL

/// Version 5: whom records are for, where they belong and when they hold, and vectors that filters
/// can ask for all of it; metadata may hold lists.
enum ContextMigration: Migration {
  static let version = 5

  static func up(_ connection: Connection) throws {
    try connection.executeScript("DROP TRIGGER record_changes_vectors;")
    try connection.executeScript(ContextFields.ofRecords.additions(to: "record", typeName))
    try connection.executeScript(ContextFields.ofVectors.additions(to: "vector", typeName))
    try connection.executeScript(
      """
      UPDATE vector SET (author, importance, confidence) =
        (SELECT author, importance, confidence FROM record
          WHERE record.namespace = vector.namespace AND record.id = vector.id)
        WHERE EXISTS (SELECT 1 FROM record
          WHERE record.namespace = vector.namespace AND record.id = vector.id);
      CREATE INDEX record_by_audience ON record (namespace, audience, author);
      CREATE INDEX record_by_whole ON record (namespace, whole, position)
        WHERE whole IS NOT NULL;
      """)
    try connection.executeScript(trigger)
  }

  static func down(_ connection: Connection) throws {
    try connection.executeScript("DROP TRIGGER record_changes_vectors;")
    try MetadataLists.remove(from: ["record", "vector"], connection)
    try connection.executeScript(
      "DROP INDEX record_by_whole; DROP INDEX record_by_audience;")
    try connection.executeScript(ContextFields.ofVectors.removals(from: "vector"))
    try connection.executeScript(ContextFields.ofRecords.removals(from: "record"))
    try connection.executeScript(VectorsMigration.recordChangesVectors)
  }

  /// What SQLite calls a kind.
  static func typeName(_ kind: Attribute.Kind) -> String {
    switch kind {
    case .text: "TEXT"
    case .integer: "INTEGER"
    case .real: "REAL"
    }
  }

  /// Vectors take what their record says by now, and go where its text is another one.
  private static var trigger: String {
    let names = ContextFields.attributes
    func list(_ row: String) -> String {
      (["content_hash"] + names).map { "\(row).\($0)" }.joined(separator: ", ")
    }
    let taken = names.map { "\($0) = NEW.\($0)" }.joined(separator: ", ")
    return """
      CREATE TRIGGER record_changes_vectors AFTER UPDATE ON record
      WHEN (\(list("OLD"))) IS NOT (\(list("NEW"))) BEGIN
        DELETE FROM vector WHERE namespace = NEW.namespace AND id = NEW.id
          AND content_hash <> NEW.content_hash;
        UPDATE vector_clock SET change = change + 1;
        UPDATE vector SET change = (SELECT change FROM vector_clock), \(taken)
          WHERE namespace = NEW.namespace AND id = NEW.id;
      END;
      """
  }
}

/// Metadata without the lists that versions below 5 can't read.
enum MetadataLists {
  static func remove(from tables: [String], _ connection: Connection) throws {
    for table in tables {
      let rows = try connection.rows(
        """
        SELECT number, metadata FROM \(table) WHERE EXISTS (
          SELECT 1 FROM json_each(metadata) AS pair WHERE pair.type = 'array')
        """
      ) { ($0.integer(0), $0.text(1)) }
      for (number, json) in rows {
        let left = try MetadataJSON.decode(json).filter { _, value in
          if case .list = value { false } else { true }
        }
        try connection.execute(
          "UPDATE \(table) SET metadata = ? WHERE number = ?",
          [.text(try MetadataJSON.encode(left)), .integer(number)])
      }
    }
  }
}
