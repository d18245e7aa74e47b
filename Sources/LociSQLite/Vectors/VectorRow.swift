import Foundation
import LociCore

/// How an entry lies in its tables.
enum VectorRow {
  /// The columns that ``decode(_:dimension:)`` reads.
  static let selection = """
    vector.namespace, vector.id, vector.content_hash, vector.collection, vector.status,
    vector.category, vector.created_at, vector.source_uri, vector.metadata,
    vector_components.components
    """

  /// Reads an entry, or throws ``LociError/Code/corrupt``.
  static func decode(_ row: Row, dimension: Int) throws -> VectorEntry {
    do {
      guard let status = Record.Status(rawValue: row.text(4)) else {
        throw LociError(.corrupt, "A vector's status is none that Loci knows.")
      }
      let attributes = VectorAttributes(
        namespace: try Namespace(row.text(0)), collection: try Record.Collection(row.text(3)),
        status: status, category: try row.optionalText(5).map(Record.Category.init),
        createdAt: Date(millisecondsSince1970: row.integer(6)), sourceURI: row.optionalText(7),
        metadata: try MetadataJSON.decode(row.text(8)))
      return VectorEntry(
        id: try RecordID(row.text(1)), contentHash: try ContentHash(bytes: row.blob(2)),
        vector: try UnitVector(
          normalizing: Components.decode(row, 9, dimension: dimension)),
        attributes: attributes)
    } catch {
      throw LociError(
        .corrupt, "A vector in the store is not what was written.",
        remedy: "Run `loci doctor`, then embed again.", underlying: error)
    }
  }
}
