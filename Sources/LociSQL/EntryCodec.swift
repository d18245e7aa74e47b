import Foundation
package import LociCore

/// What an entry has that its record has not.
package enum EntryColumn: String, Column {
  case part
  case embeddedAt = "embedded_at"
}

/// How a vector entry lies in a table; how the vector itself does is each database's own affair.
package enum EntryCodec {
  /// The columns that ``decode(_:vector:)`` reads, first in their row.
  package static let columns = Columns(
    IdentityColumn.names + EntryColumn.names + AttributeCodec.names)

  /// What names an entry within its space.
  package static let key = ["namespace", "id", "part"]

  /// What may change of an entry: all but its name.
  package static let replaceable =
    [IdentityColumn.contentHash.rawValue, EntryColumn.embeddedAt.rawValue] + AttributeCodec.names

  /// The columns as a record has them.
  ///
  /// - Parameters:
  ///   - table: The record's table or its alias.
  ///   - own: How a column that a record has not stands in SQL.
  package static func selection(
    from table: String, _ own: (EntryColumn) -> String
  ) -> String {
    columns.names.map { EntryColumn(rawValue: $0).map(own) ?? "\(table).\($0)" }
      .joined(separator: ", ")
  }

  /// An entry's values, in the order of the columns.
  package static func values(_ entry: VectorEntry) throws -> [SQLValue] {
    try IdentityColumn.values(entry.attributes.namespace, entry.id, entry.contentHash)
      + [
        .integer(Int64(entry.part)), SQLValue(entry.embeddedAt?.millisecondsSince1970),
      ] + AttributeCodec.values(entry.attributes)
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
        vector: vector(),
        embeddedAt: row.optionalInteger(EntryColumn.embeddedAt).map {
          Date(millisecondsSince1970: $0)
        }, attributes: AttributeCodec.decode(row))
    } catch {
      throw LociError(
        .corrupt, "A vector in the store is not what was written.",
        remedy: "Run `loci doctor`, then embed again.", underlying: error)
    }
  }
}
