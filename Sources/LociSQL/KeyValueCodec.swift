import Foundation
package import LociCore

/// The columns of the table `key_value`.
package enum KeyValueColumn: String, Column {
  case namespace
  case shelf
  case key
  case value
  case updatedAt = "updated_at"
}

/// How a value lies under its key in the table `key_value` of both databases.
package enum KeyValueCodec {
  /// The columns that ``decode(_:)`` reads.
  package static let columns = Columns(KeyValueColumn.names)

  /// What names a value.
  package static func values(_ name: KeyName) -> [SQLValue] {
    [.text(name.namespace.name), .text(name.shelf.rawValue), .text(name.key)]
  }

  /// A value with its name, in the order of the columns.
  package static func values(_ value: KeyValue) -> [SQLValue] {
    values(value.name) + [
      .text(value.value), .integer(value.updatedAt.millisecondsSince1970),
    ]
  }

  /// Reads a value, or throws ``LociError/Code/corrupt`` where it is none.
  package static func decode(_ row: some SQLRow) throws -> KeyValue {
    let row = NamedRow(row, columns)
    guard let shelf = KeyShelf(rawValue: row.text(KeyValueColumn.shelf)) else {
      throw LociError(.corrupt, "A key's shelf in the store is none that Loci knows.")
    }
    return try KeyValue(
      KeyName(
        row.text(KeyValueColumn.key), on: shelf,
        in: Namespace(row.text(KeyValueColumn.namespace))),
      value: row.text(KeyValueColumn.value),
      updatedAt: Date(millisecondsSince1970: row.integer(KeyValueColumn.updatedAt)))
  }
}
