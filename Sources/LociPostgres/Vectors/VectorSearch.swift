import LociCore

/// A search for the nearest vectors of one space.
struct VectorSearch {
  /// Beyond this limit an index has no advantage.
  static let maximumIndexedLimit = 500

  let table: VectorTable
  let filter: Filter
  let limit: Int

  /// The nearest by every vector that passes the filter.
  func exact(_ query: UnitVector, _ connection: Connection) throws -> [VectorMatch] {
    var parameters = Parameters()
    let vector = parameters.bind(.vector(query.components)) + "::vector"
    let condition = try FilterSQL.condition(filter, &parameters)
    return try matches(
      """
      SELECT id, components <=> \(vector) AS distance FROM \(table.name) WHERE \(condition)
      ORDER BY distance, id LIMIT \(parameters.bind(.integer(Int64(limit))))
      """, parameters, connection)
  }

  /// The nearest by the index: it gives more candidates than were asked for, in half precision, and
  /// the exact vectors decide among them. Where the index gives too few, every vector is read.
  func indexed(_ query: UnitVector, _ connection: Connection) throws -> [VectorMatch] {
    var parameters = Parameters()
    let vector = parameters.bind(.vector(query.components)) + "::vector"
    let condition = try FilterSQL.condition(filter, &parameters)
    let candidates = parameters.bind(.integer(Int64(limit + max(10, limit / 4))))
    let found = try matches(
      """
      WITH candidate AS MATERIALIZED (
        SELECT id, components FROM \(table.name) WHERE \(condition)
        ORDER BY \(table.halves) <=> \(vector)::halfvec(\(table.space.dimension))
        LIMIT \(candidates))
      SELECT id, components <=> \(vector) AS distance FROM candidate
      ORDER BY distance, id LIMIT \(parameters.bind(.integer(Int64(limit))))
      """, parameters, connection)
    return found.count == limit ? found : try exact(query, connection)
  }

  private func matches(
    _ sql: String, _ parameters: Parameters, _ connection: Connection
  ) throws -> [VectorMatch] {
    try connection.rows(sql, parameters.values) { row in
      VectorMatch(
        id: try RecordID(row.text(0)),
        similarity: Similarity(cosineDistance: Float(row.real(1))))
    }
  }
}
