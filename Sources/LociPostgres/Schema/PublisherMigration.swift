import LociCore

/// Version 7: a space is named by who published its model, not by what runs it, and its row says
/// which table is its own: that of an earlier version keeps its name.
enum PublisherMigration: Migration {
  static let version = 7

  static let up = """
    ALTER TABLE space ADD COLUMN place text;
    UPDATE space SET place = 'vector_' || key;
    ALTER TABLE space ALTER COLUMN place SET NOT NULL;
    \(VectorsMigration.recordTakesVectors(inEach: "space.place"))
    \(ContextMigration.trigger(inEach: "space.place"))
    """

  static let down = """
    \(VectorsMigration.recordTakesVectors(inEach: "'vector_' || key"))
    \(ContextMigration.trigger(inEach: "'vector_' || key"))
    ALTER TABLE space DROP COLUMN place;
    """

  static func finish(_ connection: Connection) throws {
    for (old, new, _) in try spaces(connection, \.namedByPublisher) {
      try rename(old, new, connection)
    }
  }

  /// Earlier versions find a table by its space's key.
  static func undo(_ connection: Connection) throws {
    for (old, new, place) in try spaces(connection, \.namedByEngine) {
      try rename(old, new, connection)
      let table = VectorTable(new, name: place)
      let earlier = VectorTable(new, name: VectorTable.name(of: new))
      guard table.name != earlier.name else { continue }
      if try table.hasIndex(connection) {
        try connection.executeScript(
          "ALTER INDEX \(table.indexName) RENAME TO \(earlier.indexName)")
      }
      try connection.executeScript("ALTER TABLE \(table.name) RENAME TO \(earlier.name)")
    }
  }

  private static func spaces(
    _ connection: Connection, _ renamed: (EmbeddingSpace) -> EmbeddingSpace
  ) throws -> [(old: EmbeddingSpace, new: EmbeddingSpace, place: String)] {
    try connection.rows("SELECT definition, place FROM space") { row in
      let space = try EmbeddingSpace(definition: row.text(0))
      return (space, renamed(space), try VectorTable.checked(row.text(1)))
    }
  }

  private static func rename(
    _ old: EmbeddingSpace, _ new: EmbeddingSpace, _ connection: Connection
  ) throws {
    try connection.execute(
      "UPDATE space SET key = $1, definition = $2 WHERE key = $3",
      [.text(new.key), .text(try new.definition()), .text(old.key)])
  }
}
