import LociCore
import LociIndex
import LociSQL

/// A space as the file knows it.
struct StoredSpace {
  let number: Int64
  let space: EmbeddingSpace
  let codeVersion: Int

  /// The space of a key, where the file holds it.
  static func find(_ space: EmbeddingSpace, _ connection: Connection) throws -> StoredSpace? {
    try connection.first(
      "SELECT number, code_version FROM space WHERE key = ?", [.text(space.key)]
    ) { StoredSpace(number: $0.integer(0), space: space, codeVersion: Int($0.integer(1))) }
  }

  /// The space of a key, made where it is missing; inside a write transaction.
  static func ensure(_ space: EmbeddingSpace, _ connection: Connection) throws -> StoredSpace {
    if let found = try find(space, connection) { return found }
    // Asked for its sake only: it refuses a dimension that no code can have.
    _ = try Quantizer(dimension: space.dimension)
    try connection.execute(
      "INSERT INTO space (key, definition, code_version) VALUES (?, ?, ?)",
      [.text(space.key), .text(try space.definition()), .integer(Int64(Quantizer.formatVersion))])
    return StoredSpace(
      number: connection.lastInsertedRow, space: space, codeVersion: Quantizer.formatVersion)
  }

  /// Every space of the file.
  static func all(_ connection: Connection) throws -> [EmbeddingSpace] {
    try connection.rows("SELECT definition FROM space ORDER BY number") {
      try EmbeddingSpace(definition: $0.text(0))
    }
  }
}

/// One set of vectors that is loaded and searched as a whole.
struct Partition {
  /// The numbers of vectors stay below 2⁴⁰, and those of partitions below 2²³.
  static let shift: Int64 = 40

  let number: Int64
  let collection: String
  let status: String

  /// Takes what a file says, or throws ``LociError/Code/corrupt`` for a number that it can't have.
  init(number: Int64, collection: String, status: String) throws(LociError) {
    guard (0..<(1 << 23)).contains(number) else { throw Self.damaged("partition", number) }
    self.number = number
    self.collection = collection
    self.status = status
  }

  private static func damaged(_ thing: String, _ number: Int64) -> LociError {
    LociError(
      .corrupt, "A vector's \(thing) in the store has the number \(number).",
      remedy: "Run `loci doctor`, or restore the store from a backup.")
  }

  /// The keys of its codes.
  var keys: ClosedRange<Int64> {
    (number << Self.shift)...((number + 1) << Self.shift - 1)
  }

  /// The key of a vector's code.
  func key(of vector: Int64) throws(LociError) -> Int64 {
    guard (0..<(1 << Self.shift)).contains(vector) else { throw Self.damaged("row", vector) }
    return number << Self.shift | vector
  }

  /// The vector's number in a key.
  static func vector(ofKey key: Int64) -> Int64 { key & (1 << shift - 1) }

  /// The partitions of a namespace, those that hold nothing any more included.
  static func all(
    of namespace: Namespace, space: Int64, _ connection: Connection
  ) throws -> [Partition] {
    try connection.rows(
      """
      SELECT number, collection, status FROM vector_partition WHERE space = ? AND namespace = ?
      """,
      [.integer(space), .text(namespace.name)]
    ) { try Partition(number: $0.integer(0), collection: $0.text(1), status: $0.text(2)) }
  }
}
