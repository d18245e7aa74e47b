import LociCore
import LociIndex
import LociSQL

/// Writes entries of one space inside the caller's transaction.
struct VectorWriter {
  private let connection: Connection
  private let space: StoredSpace
  private let quantizer: Quantizer
  private let followsRecords: Bool
  private var partitions: [VectorAttributes.Place: Partition] = [:]

  init(_ space: StoredSpace, followsRecords: Bool, _ connection: Connection) throws {
    self.connection = connection
    self.space = space
    self.followsRecords = followsRecords
    quantizer = try Quantizer(dimension: space.space.dimension)
  }

  /// Adds or replaces entries; the last of two of one name wins.
  mutating func upsert(_ entries: [VectorEntry]) throws {
    try connection.execute("UPDATE vector_clock SET change = change + 1")
    for entry in entries {
      guard let (number, place) = try row(of: entry) else { continue }
      let partition = try partition(place)
      try connection.execute(
        "INSERT OR REPLACE INTO vector_code (key, code) VALUES (?, ?)",
        [
          .integer(try partition.key(of: number)),
          .bytes(try quantizer.code(for: entry.vector).bytes),
        ])
      try connection.execute(
        "INSERT OR REPLACE INTO vector_components (number, components) VALUES (?, ?)",
        [.integer(number), .bytes(Components.encode(entry.vector))])
    }
  }

  /// Writes the entry's row; returns its number and where it belongs. Beside records, the record
  /// says what filters see; where it is gone or its text is another by now, there is no row.
  private func row(of entry: VectorEntry) throws -> (Int64, VectorAttributes.Place)? {
    let values = try [.integer(space.number)] + EntryCodec.values(entry)
    return followsRecords
      ? try connection.first(Self.fromRecord, Array(values.prefix(6)), Self.place)
      : try connection.first(Self.fromEntry, values, Self.place)
  }

  private static func place(_ row: Row) -> (Int64, VectorAttributes.Place) {
    (
      row.integer(0),
      VectorAttributes.Place(
        namespace: row.text(1), collection: row.text(2), status: row.text(3))
    )
  }

  private static let change = "(SELECT change FROM vector_clock)"

  private static let fromEntry = VectorRow.insertion(
    "SELECT \(VectorRow.parameters), \(change) WHERE TRUE", beside: ["change"])

  private static let fromRecord = VectorRow.insertion(
    """
    SELECT ?1, \(EntryCodec.selection(from: "record") { $0 == .part ? "?5" : "?6" }), \(change)
    FROM record
    WHERE namespace = ?2 AND id = ?3 AND content_hash = ?4
    """, beside: ["change"])

  private mutating func partition(_ place: VectorAttributes.Place) throws -> Partition {
    if let known = partitions[place] { return known }
    let values: [Value] = [
      .integer(space.number), .text(place.namespace), .text(place.collection),
      .text(place.status),
    ]
    try connection.execute(
      """
      INSERT INTO vector_partition (space, namespace, collection, status) VALUES (?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """, values)
    let number = try connection.integer(
      """
      SELECT number FROM vector_partition
      WHERE space = ? AND namespace = ? AND collection = ? AND status = ?
      """, values)
    let made = try Partition(number: number, collection: place.collection, status: place.status)
    partitions[place] = made
    return made
  }

  /// Makes every code of the space anew from its stored vectors. Complexity: O(vectors).
  func requantize() throws {
    try connection.execute("UPDATE vector_clock SET change = change + 1")
    try connection.forEach(
      """
      SELECT vector.number, vector_partition.number, components, vector.collection, vector.status
      FROM vector
      JOIN vector_partition USING (space, namespace, collection, status)
      JOIN vector_components ON vector_components.number = vector.number
      WHERE vector.space = ?
      """, [.integer(space.number)]
    ) { row in
      let vector = try Components.unit(row, 2, dimension: quantizer.dimension)
      let code = try quantizer.code(for: vector)
      let partition = try Partition(
        number: row.integer(1), collection: row.text(3), status: row.text(4))
      try connection.execute(
        "INSERT OR REPLACE INTO vector_code (key, code) VALUES (?, ?)",
        [.integer(try partition.key(of: row.integer(0))), .bytes(code.bytes)])
      return true
    }
    try connection.execute(
      "UPDATE vector SET change = (SELECT change FROM vector_clock) WHERE space = ?",
      [.integer(space.number)])
    try connection.execute(
      "UPDATE space SET code_version = ? WHERE number = ?",
      [.integer(Int64(Quantizer.formatVersion)), .integer(space.number)])
  }
}

extension VectorAttributes {
  /// What decides an entry's partition within its space.
  struct Place: Hashable {
    let namespace: String
    let collection: String
    let status: String
  }
}
