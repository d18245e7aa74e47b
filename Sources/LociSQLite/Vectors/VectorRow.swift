import LociCore
import LociSQL

/// How an entry lies in its tables.
enum VectorRow {
  /// The columns that ``decode(_:dimension:)`` reads.
  static let selection = EntryCodec.columns.list(of: "vector") + ", vector_components.components"

  /// Reads an entry, or throws ``LociError/Code/corrupt``.
  static func decode(_ row: Row, dimension: Int) throws -> VectorEntry {
    try EntryCodec.decode(row) {
      try Components.unit(row, EntryCodec.columns.count, dimension: dimension)
    }
  }

  /// Adds an entry's row or replaces it; the source gives the space, the columns of
  /// ``EntryCodec``, and then what the file has beside them.
  static func insertion(_ source: String, beside names: [String] = []) -> String {
    """
    INSERT INTO vector (\((["space"] + EntryCodec.columns.names + names).joined(separator: ", ")))
    \(source)
    ON CONFLICT (namespace, id, space, part) DO UPDATE
    SET \(Columns(EntryCodec.replaceable + names).takenOver)
    RETURNING number, namespace, collection, status
    """
  }

  /// Numbered parameters for an entry's values.
  static let parameters = (0...EntryCodec.columns.count).map { "?\($0 + 1)" }
    .joined(separator: ", ")
}
