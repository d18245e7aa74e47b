import LociCore
import LociSQL

/// A space as a file of sqlite-vec's vectors knows it, and its vec0 table.
///
/// The table's partition key is the namespace; its metadata columns are what filters ask for most.
/// vec0 has no NULL in text, so an empty category, which no category is, stands for none.
struct SQLiteVecSpace {
  let number: Int64
  let dimension: Int
  /// Counts the tables that the space has had: rebuilding makes a new one.
  private let build: Int64

  /// Takes what a file says, or throws ``LociError/Code/corrupt`` for numbers that it can't have.
  init(number: Int64, dimension: Int, build: Int64) throws(LociError) {
    guard number > 0, (0..<Int64.max).contains(build) else {
      throw LociError(
        .corrupt, "A space in a file of sqlite-vec's vectors has the number \(number), \(build).",
        remedy: "Delete the file, then run `loci fsck --repair`.")
    }
    self.number = number
    self.dimension = dimension
    self.build = build
  }

  /// The vec0 table. Both parts are our own integers.
  var table: String { "components_\(number)_\(build)" }

  /// Its entries.
  func entries(_ connection: Connection) -> VectorTable {
    VectorTable(space: number, dimension: dimension, components: table, connection)
  }

  /// The space of a key, where the file holds it.
  static func find(_ space: EmbeddingSpace, _ connection: Connection) throws -> SQLiteVecSpace? {
    try connection.first("SELECT number, build FROM space WHERE key = ?", [.text(space.key)]) {
      try SQLiteVecSpace(number: $0.integer(0), dimension: space.dimension, build: $0.integer(1))
    }
  }

  /// The space of a key, made where it is missing; inside a write transaction.
  static func ensure(_ space: EmbeddingSpace, _ connection: Connection) throws -> SQLiteVecSpace {
    if let found = try find(space, connection) { return found }
    guard dimensions.contains(space.dimension) else {
      throw LociError(
        .unsupported, "sqlite-vec holds vectors of 1 to 8192 components, not \(space.dimension).",
        remedy: "Choose another vector backend.")
    }
    try connection.execute(
      "INSERT INTO space (key, definition, build) VALUES (?, ?, 0)",
      [.text(space.key), .text(try space.definition())])
    let made = try SQLiteVecSpace(
      number: connection.lastInsertedRow, dimension: space.dimension, build: 0)
    try made.createTable(connection)
    return made
  }

  /// Every space of the file.
  static func all(_ connection: Connection) throws -> [SQLiteVecSpace] {
    try connection.rows("SELECT number, definition, build FROM space") { row in
      let dimension = try EmbeddingSpace(definition: row.text(1)).dimension
      guard dimensions.contains(dimension) else {
        throw LociError(
          .corrupt, "A space in a file of sqlite-vec's vectors has \(dimension) dimensions.",
          remedy: "Delete the file, then run `loci fsck --repair`.")
      }
      return try SQLiteVecSpace(
        number: row.integer(0), dimension: dimension, build: row.integer(2))
    }
  }

  /// What the vec0 table knows itself of an entry, beside its namespace.
  static let attributes: Set<Attribute> = [.collection, .status, .category, .createdAt]

  /// The range is vec0's own.
  private static let dimensions = 1...8192

  /// A namespace takes whole chunks of 128 vectors: small enough for many little namespaces, large
  /// enough for the speed of bigger ones.
  func createTable(_ connection: Connection) throws {
    try connection.execute(
      """
      CREATE VIRTUAL TABLE \(table) USING vec0(
        number INTEGER PRIMARY KEY,
        components FLOAT[\(dimension)] distance_metric=cosine,
        namespace TEXT PARTITION KEY,
        collection TEXT, status TEXT, category TEXT, created_at INTEGER,
        chunk_size=128)
      """)
  }

  /// Copies what the table holds into a new one without gaps; inside a write transaction.
  ///
  /// vec0 never uses a deleted vector's room again, except that of a chunk as a whole.
  func rebuild(_ connection: Connection) throws {
    let next = try SQLiteVecSpace(number: number, dimension: dimension, build: build + 1)
    try next.createTable(connection)
    try connection.execute(
      """
      INSERT INTO \(next.table)
        (number, components, namespace, collection, status, category, created_at)
      SELECT number, old.components, vector.namespace, vector.collection, vector.status,
        ifnull(vector.category, ''), vector.created_at
      FROM vector CROSS JOIN \(table) AS old USING (number) WHERE space = ? ORDER BY number
      """, [.integer(number)])
    try connection.execute("DROP TABLE \(table)")
    try connection.execute(
      "UPDATE space SET build = build + 1 WHERE number = ?", [.integer(number)])
  }
}
