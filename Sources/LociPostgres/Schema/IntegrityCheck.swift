import LociCore

/// Looks for damage in a store's tables and indexes.
struct IntegrityCheck {
  let schema: Schema

  /// What is wrong, a sentence each. Where the server has amcheck, every B-tree is read.
  func problems(_ connection: Connection) throws -> [String] {
    let version = try schema.version(connection)
    guard version == Schema.newest else {
      return ["The schema has version \(version) instead of \(Schema.newest)."]
    }
    return try invalidIndexes(connection) + missingTables(connection) + damagedTrees(connection)
  }

  private func invalidIndexes(_ connection: Connection) throws -> [String] {
    try indexes("NOT i.indisvalid", connection).map { "The index \($0.name) is not valid." }
  }

  private func missingTables(_ connection: Connection) throws -> [String] {
    try connection.rows(
      """
      SELECT key FROM space
      WHERE to_regclass(quote_ident($1) || '.' || quote_ident(place)) IS NULL
      """,
      [.text(schema.name)]
    ) { "The table of the space \($0.text(0)) is missing." }
  }

  private func damagedTrees(_ connection: Connection) throws -> [String] {
    let amcheck = try connection.first(
      """
      SELECT quote_ident(n.nspname) FROM pg_extension AS e
      JOIN pg_namespace AS n ON n.oid = e.extnamespace WHERE e.extname = 'amcheck'
      """
    ) { $0.text(0) }
    guard let amcheck else { return [] }
    return try indexes("a.amname = 'btree'", connection).compactMap { index in
      do {
        try connection.execute(
          "SELECT \(amcheck).bt_index_check($1::bigint::oid::regclass)", [.integer(index.number)])
        return nil
      } catch ConnectionFailure.refused("XX002", _) {
        return "The index \(index.name) is damaged."
      }
    }
  }

  private func indexes(
    _ condition: String, _ connection: Connection
  ) throws -> [(name: String, number: Int64)] {
    try connection.rows(
      """
      SELECT c.relname::text, c.oid::bigint FROM pg_index AS i
      JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_am AS a ON a.oid = c.relam
      JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND \(condition) ORDER BY 1
      """, [.text(schema.name)]
    ) { ($0.text(0), $0.integer(1)) }
  }
}
