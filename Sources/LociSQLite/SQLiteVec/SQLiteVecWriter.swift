import LociCore
import LociSQL

/// Writes entries of one space inside the caller's transaction.
///
/// vec0 has no upsert, and leaves a row behind where an insert fails: what it would refuse is
/// refused before, and whoever calls rolls back on any error.
struct SQLiteVecWriter {
  let space: SQLiteVecSpace
  let connection: Connection

  /// Adds or replaces entries; the last of two of one name wins.
  func upsert(_ entries: [VectorEntry]) throws {
    for entry in entries {
      let values =
        try write(entry)
        + [
          .text(entry.attributes.collection.name), .text(entry.attributes.status.rawValue),
          .text(entry.attributes.category?.name ?? ""),
          .integer(entry.attributes.createdAt.millisecondsSince1970),
          .bytes(Components.encode(entry.vector)),
        ]
      // A replaced vector keeps its place: its namespace is part of its name.
      try connection.execute(
        """
        UPDATE \(space.table) SET collection = ?2, status = ?3, category = ?4, created_at = ?5,
          components = ?6 WHERE number = ?1
        """, values)
      guard connection.changeCount == 0 else { continue }
      try connection.execute(
        """
        INSERT INTO \(space.table)
          (number, collection, status, category, created_at, components, namespace)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """, values + [.text(entry.attributes.namespace.name)])
    }
  }

  /// Writes what vec0 does not hold; returns the number, to bind.
  private func write(_ entry: VectorEntry) throws -> [Value] {
    try connection.rows(
      Self.insertion, [.integer(space.number)] + EntryCodec.values(entry)
    ) { .integer($0.integer(0)) }
  }

  private static let insertion = VectorRow.insertion("VALUES (\(VectorRow.parameters))")

  /// Deletes entries; returns how many there were.
  func delete(_ ids: [RecordID], _ namespace: Namespace) throws -> Int {
    let numbers = try connection.rows(
      "DELETE FROM vector WHERE \(VectorTable.named) RETURNING number",
      try space.entries(connection).names(ids, namespace)
    ) { $0.integer(0) }
    // One by one: vec0 reads the whole table for a list.
    for number in numbers {
      try connection.execute("DELETE FROM \(space.table) WHERE number = ?", [.integer(number)])
    }
    return numbers.count
  }
}
