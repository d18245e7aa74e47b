import LociCore

/// A search for the nearest vectors of one space.
struct VectorSearch {
  /// Beyond this limit an index has no advantage.
  static let maximumIndexedLimit = 500
  /// Where no more rows than this pass a filter, reading all of them is as fast as the index, which
  /// would have to look far to find them, and it finds the nearest.
  private static let narrowRowCount = 2000

  let table: VectorTable
  let namespace: Namespace
  let filter: Filter
  let limit: Int

  /// The nearest by every vector that passes the filter.
  func exact(_ query: UnitVector, _ connection: Connection) throws -> [VectorMatch] {
    try VectorMatch.records(limit: limit) { try exact(query, count: $0, connection) }
  }

  private func exact(
    _ query: UnitVector, count: Int, _ connection: Connection
  ) throws -> [VectorMatch] {
    var parameters = Parameters()
    let vector = parameters.bind(.vector(query.components)) + "::vector"
    let condition = try FilterSQL.condition(filter, in: namespace, &parameters)
    return try matches(
      """
      SELECT id, components <=> \(vector) AS distance FROM \(table.name) WHERE \(condition)
      ORDER BY distance, id LIMIT \(parameters.bind(.integer(Int64(count))))
      """, parameters, connection)
  }

  /// The nearest by the index: it gives a few more candidates than were asked for, in half
  /// precision, and the exact vectors decide among them. Where it gives too few, every vector is
  /// read.
  func indexed(
    _ query: UnitVector, efSearch: Int, _ connection: Connection
  ) throws -> [VectorMatch] {
    if try isNarrow(connection) { return try exact(query, connection) }
    var parameters = Parameters()
    let vector = parameters.bind(.vector(query.components)) + "::vector"
    let condition = try FilterSQL.condition(filter, in: namespace, &parameters)
    // Beyond efSearch the index would start its search over. Both limits stand in the SQL as the
    // integers that they are: with bound ones the server would plan anew for every search.
    let count = min(limit + max(4, limit / 4), max(limit, efSearch))
    let found = VectorMatch.records(
      of: try matches(
        """
        SELECT id, distance FROM (
          SELECT id, components <=> \(vector) AS distance FROM \(table.name) WHERE \(condition)
          ORDER BY \(table.halves) <=> \(vector)::halfvec(\(table.space.dimension))
          LIMIT \(count)) AS candidate
        ORDER BY distance, id LIMIT \(limit)
        """, parameters, connection))
    return found.count == limit ? found : try exact(query, connection)
  }

  /// Whether few rows pass. Only what indexes hold is asked, so that rows need not be read: at
  /// least as many pass that as pass the whole filter.
  private func isNarrow(_ connection: Connection) throws -> Bool {
    var part = Filter()
    (part.statuses, part.categories, part.sourceURI) = (nil, filter.categories, filter.sourceURI)
    part.metadata = filter.metadata.filter { $0.comparison == .equal }
    guard part.categories != nil || part.sourceURI != nil || !part.metadata.isEmpty else {
      return false
    }
    var parameters = Parameters()
    let condition = try FilterSQL.condition(part, in: namespace, &parameters)
    let count = try connection.integer(
      """
      SELECT count(*) FROM (
        SELECT 1 FROM \(table.name) WHERE \(condition) LIMIT \(Self.narrowRowCount + 1)) AS row
      """, parameters.values)
    return count <= Self.narrowRowCount
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
