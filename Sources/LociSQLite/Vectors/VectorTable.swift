import LociCore
import LociSQL

/// The entries of one space in the table `vector`, which both kinds of file have.
struct VectorTable {
  private let space: Value
  private let dimension: Int
  /// `vector` joined with the table that holds the components.
  private let joined: String
  private let connection: Connection

  /// - Parameter components: The table of `number` and `components`.
  init(space: Int64, dimension: Int, components: String, _ connection: Connection) {
    self.space = .integer(space)
    self.dimension = dimension
    // The order is given: a virtual table's rows are looked up by number, never walked.
    joined = "vector CROSS JOIN \(components) AS vector_components USING (number)"
    self.connection = connection
  }

  /// The condition on the ids of a namespace, whose values are ``names(_:_:)``.
  static let named = """
    space = ? AND namespace = ? AND id IN (SELECT value FROM json_each(?))
    """

  /// What ``named`` binds.
  func names(_ ids: [RecordID], _ namespace: Namespace) throws -> [Value] {
    [space, .text(namespace.name), .text(try MetadataJSON.array(ids.map(\.text)))]
  }

  /// The entries of the ids that exist.
  func get(_ ids: [RecordID], _ namespace: Namespace) throws -> [VectorEntry] {
    try connection.rows(
      """
      SELECT \(VectorRow.selection) FROM \(joined) WHERE vector.number IN (
        SELECT number FROM vector WHERE \(Self.named))
      """, try names(ids, namespace)
    ) { try VectorRow.decode($0, dimension: dimension) }
  }

  /// The content hashes of the ids that exist.
  func contentHashes(_ ids: [RecordID], _ namespace: Namespace) throws -> [RecordID: ContentHash] {
    let pairs = try connection.rows(
      "SELECT id, content_hash FROM vector WHERE \(Self.named)", try names(ids, namespace)
    ) { (try RecordID($0.text(0)), try ContentHash(bytes: $0.bytes(1))) }
    return Dictionary(pairs, uniquingKeysWith: { $1 })
  }

  /// How many entries pass the filter.
  func count(in namespace: Namespace, where filter: Filter) throws -> Int {
    let condition = try FilterSQL(filter, in: namespace, table: "vector")
    return Int(
      try connection.integer(
        "SELECT count(*) FROM vector WHERE \(condition.sql) AND +space = ?",
        condition.values + [space]))
  }

  /// The entries of a page of records in the order of ids and parts, after `cursor`.
  func scan(_ namespace: Namespace, after cursor: RecordID?, limit: Int) throws -> [VectorEntry] {
    try connection.rows(
      """
      SELECT \(VectorRow.selection) FROM \(joined)
      WHERE vector.space = ?1 AND vector.namespace = ?2 AND vector.id IN (
        SELECT DISTINCT id FROM vector WHERE space = ?1 AND namespace = ?2 AND id > ?3
        ORDER BY id LIMIT ?4)
      ORDER BY vector.id, vector.part
      """,
      [space, .text(namespace.name), .text(cursor?.text ?? ""), .integer(Int64(limit))]
    ) { try VectorRow.decode($0, dimension: dimension) }
  }

  /// The records that pass the filter, nearest first, ties by id: every one is compared.
  func nearest(
    to query: UnitVector, in namespace: Namespace, limit: Int, where filter: Filter
  ) throws -> [VectorMatch] {
    let condition = try FilterSQL(filter, in: namespace, table: "vector")
    let matches = try connection.rows(
      """
      SELECT vector.id, vector_components.components FROM \(joined)
      WHERE \(condition.sql) AND +vector.space = ?
      """, condition.values + [space]
    ) { try match($0, query) }
    return Array(VectorMatch.records(of: matches).prefix(limit))
  }

  /// Compares a row of id and components with a query.
  func match(_ row: Row, _ query: UnitVector) throws -> VectorMatch {
    let vector = try Components.unit(row, 1, dimension: dimension)
    return VectorMatch(
      id: try RecordID(row.text(0)), similarity: try query.similarity(to: vector))
  }
}
