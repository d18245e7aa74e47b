public import LociCore

extension SQLiteDatabase {
  /// A page of the records that pass the filter and have no vector of their present text in a
  /// space, in id order, after `cursor`; empty at the end: what a backfill has to embed.
  ///
  /// - Parameter limit: At least 1.
  public func recordsWithoutVector(
    in space: EmbeddingSpace, where filter: Filter, after cursor: RecordID?, limit: Int
  ) async throws -> [Record] {
    try Limit.check(limit)
    return try await pool.read { connection in
      let (condition, values) = try Self.missing(space, filter, connection)
      return try connection.rows(
        """
        SELECT \(RecordRow.selection) FROM record
        WHERE \(condition) AND record.id > ? ORDER BY record.id LIMIT ?
        """,
        values + [.text(cursor?.text ?? ""), .integer(Int64(limit))], RecordRow.decode)
    }
  }

  /// How many records pass the filter and have no vector of their present text in a space.
  public func countWithoutVector(
    in space: EmbeddingSpace, where filter: Filter
  ) async throws -> Int {
    try await pool.read { connection in
      let (condition, values) = try Self.missing(space, filter, connection)
      return Int(try connection.integer("SELECT count(*) FROM record WHERE \(condition)", values))
    }
  }

  private static func missing(
    _ space: EmbeddingSpace, _ filter: Filter, _ connection: Connection
  ) throws -> (String, [Value]) {
    let condition = try FilterSQL(filter, table: "record")
    // A space that the file does not hold has no vectors, as has the number 0.
    let number = try StoredSpace.find(space, connection)?.number ?? 0
    let sql = """
      \(condition.sql) AND NOT EXISTS (SELECT 1 FROM vector
        WHERE vector.namespace = record.namespace AND vector.id = record.id AND vector.space = ?
        AND vector.content_hash = record.content_hash)
      """
    return (sql, condition.values + [.integer(number)])
  }
}
