package import LociCore

/// How a vector entry lies in a table; how the vector itself does is each database's own affair.
package enum EntryCodec {
  /// The columns that ``decode(_:vector:)`` reads, first in their row.
  package static let columns = Columns(IdentityColumn.names + AttributeCodec.names)

  /// The columns of attributes and metadata alone.
  package static let attributes = columns.without(IdentityColumn.self)

  /// An entry's values, in the order of the columns.
  package static func values(_ entry: VectorEntry) throws -> [SQLValue] {
    try values(entry.id, entry.contentHash, entry.attributes)
  }

  static func values(
    _ id: RecordID, _ hash: ContentHash, _ attributes: VectorAttributes
  ) throws -> [SQLValue] {
    let identity = IdentityColumn.allCases.map { column -> SQLValue in
      switch column {
      case .namespace: .text(attributes.namespace.name)
      case .id: .text(id.text)
      case .contentHash: .bytes(hash.bytes)
      }
    }
    return try identity + AttributeCodec.values(attributes)
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
        id: RecordID(row.text(IdentityColumn.id)),
        contentHash: ContentHash(bytes: row.bytes(IdentityColumn.contentHash)),
        vector: vector(), attributes: AttributeCodec.decode(row))
    } catch {
      throw LociError(
        .corrupt, "A vector in the store is not what was written.",
        remedy: "Run `loci doctor`, then embed again.", underlying: error)
    }
  }
}
