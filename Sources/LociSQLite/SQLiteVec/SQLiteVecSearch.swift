import LociCore
import LociSQL

/// A search in one space over one snapshot.
///
/// vec0 finds candidates by distances in float32, a little more than are asked for; their vectors
/// are compared anew in double precision, as every store does. Where rounding could have kept a
/// better vector out, or a tie is cut, it is asked for more, and at last every vector is compared.
struct SQLiteVecSearch {
  /// The most neighbours that vec0 answers with.
  static let maximumNeighbors = 4096

  let space: SQLiteVecSpace
  let namespace: Namespace
  let connection: Connection

  /// The nearest entries that pass the filter, best first, ties by id.
  func nearest(to query: UnitVector, limit: Int, where filter: Filter) throws -> [VectorMatch] {
    for count in counts(for: limit) {
      let found = try candidates(for: query, count: count, where: filter)
      if isCertain(found, count: count, limit: limit) { return Array(found.matches.prefix(limit)) }
    }
    return try space.entries(connection).nearest(
      to: query, in: namespace, limit: limit, where: filter)
  }

  /// How many candidates vec0 is asked for, one after the other until the answer is certain.
  private func counts(for limit: Int) -> [Int] {
    guard limit <= Self.maximumNeighbors else { return [] }
    return [limit + 4, limit * 4 + 64].filter { $0 < Self.maximumNeighbors }
      + [Self.maximumNeighbors]
  }

  private struct Candidates {
    /// The best of each record, best first, ties by id.
    let matches: [VectorMatch]
    /// How many entries were found.
    let count: Int
    /// vec0's distance of the last one; what it left out is not nearer.
    let farthest: Float
  }

  private func candidates(
    for query: UnitVector, count: Int, where filter: Filter
  ) throws -> Candidates {
    let condition = try FilterSQL(
      filter, in: namespace, table: "near", .only(SQLiteVecSpace.attributes))
    let rest = try FilterSQL(
      filter, in: namespace, table: "vector", .beyond(SQLiteVecSpace.attributes))
    let chosen =
      rest.isNamespaceOnly
      ? "" : "AND near.number IN (SELECT number FROM vector WHERE \(rest.sql) AND +space = ?)"
    var farthest: Float = 0
    let entries = space.entries(connection)
    let matches = try connection.rows(
      """
      SELECT vector.id, near.components, near.distance
      FROM \(space.table) AS near CROSS JOIN vector USING (number)
      WHERE near.components MATCH ? AND near.k = ? AND \(condition.sql) \(chosen)
      """,
      [.bytes(Components.encode(query)), .integer(Int64(count))] + condition.values
        + (rest.isNamespaceOnly ? [] : rest.values + [.integer(space.number)])
    ) { row in
      farthest = max(farthest, Float(row.real(2)))
      return try entries.match(row, query)
    }
    return Candidates(
      matches: VectorMatch.records(of: matches), count: matches.count, farthest: farthest)
  }

  /// Whether nothing that vec0 left out can be among the best.
  private func isCertain(_ found: Candidates, count: Int, limit: Int) -> Bool {
    guard found.count == count else { return true }
    guard found.matches.count >= limit else { return false }
    let cut = found.matches[limit - 1].similarity
    return cut > Similarity(Similarity(cosineDistance: found.farthest).value + rounding)
  }

  /// The most by which vec0's cosine is off: its three sums of n products in float32 are each off
  /// by at most n·2⁻²⁴ (Higham, Accuracy and Stability of Numerical Algorithms, 3.1), doubled for
  /// the square roots, the division and the unit vectors' own rounding.
  private var rounding: Float { Float(space.dimension + 8) * 0x1p-22 }
}
