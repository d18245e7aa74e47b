package import LociCore

/// What an entry has that its record has not.
package enum EntryColumn: String, Column {
  case part
}

/// How a vector entry lies in a table; how the vector itself does is each database's own affair.
package enum EntryCodec {
  /// The columns that ``decode(_:vector:)`` reads, first in their row.
  package static let columns = Columns(
    IdentityColumn.names + EntryColumn.names + AttributeCodec.names)

  /// What names an entry within its space.
  package static let key = ["namespace", "id", "part"]

  /// The columns of attributes and metadata alone.
  package static let attributes = Columns(AttributeCodec.names)

  /// The columns as a record has them.
  ///
  /// - Parameters:
  ///   - table: The record's table or its alias.
  ///   - part: How the part stands in SQL.
  package static func selection(from table: String, part: String) -> String {
    columns.names.map { $0 == EntryColumn.part.rawValue ? part : "\(table).\($0)" }
      .joined(separator: ", ")
  }

  /// An entry's values, in the order of the columns.
  package static func values(_ entry: VectorEntry) throws -> [SQLValue] {
    try IdentityColumn.values(entry.attributes.namespace, entry.id, entry.contentHash)
      + [.integer(Int64(entry.part))] + AttributeCodec.values(entry.attributes)
  }

  /// Reads an entry, or throws ``LociError/Code/corrupt``.
  ///
  /// - Parameter vector: Reads the vector.
  package static func decode(
    _ row: some SQLRow, vector: () throws -> UnitVector
  ) throws -> VectorEntry {
    let row = NamedRow(row, columns)
    do {
      return try VectorEntry(
        id: RecordID(row.text(IdentityColumn.id)), part: Int(row.integer(EntryColumn.part)),
        contentHash: ContentHash(bytes: row.bytes(IdentityColumn.contentHash)),
        vector: vector(), attributes: AttributeCodec.decode(row))
    } catch {
      throw LociError(
        .corrupt, "A vector in the store is not what was written.",
        remedy: "Run `loci doctor`, then embed again.", underlying: error)
    }
  }
}
