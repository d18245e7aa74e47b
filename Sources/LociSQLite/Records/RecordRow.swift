import Foundation
import LociCore

/// How a record lies in its table.
enum RecordRow {
  private static let names = [
    "namespace", "id", "collection", "status", "category", "content_hash", "importance",
    "confidence", "created_at", "updated_at", "last_accessed_at", "access_count", "author",
    "source_uri", "source_heading", "source_first_line", "source_last_line", "metadata", "text",
  ]

  /// The columns that ``decode(_:)`` reads, then the row's number.
  static let selection = (names + ["number"]).map { "record." + $0 }.joined(separator: ", ")

  static let insertion = """
    INSERT INTO record (\(names.joined(separator: ", ")))
    VALUES (\(names.map { _ in "?" }.joined(separator: ", ")))
    """

  /// Takes the record's values, then the row's number.
  static let update = """
    UPDATE record SET \(names.map { "\($0) = ?" }.joined(separator: ", ")) WHERE number = ?
    """

  /// A record's values, in the order of the columns.
  static func values(_ record: Record) throws -> [Value] {
    [
      .text(record.namespace.name), .text(record.id.text), .text(record.collection.name),
      .text(record.status.rawValue), Value(record.category?.name), .blob(record.contentHash.bytes),
      .integer(Int64(record.importance)), .real(record.confidence),
      .integer(record.createdAt.millisecondsSince1970),
      .integer(record.updatedAt.millisecondsSince1970),
      Value(record.lastAccessedAt?.millisecondsSince1970), .integer(Int64(record.accessCount)),
      Value(record.author), Value(record.source?.uri), Value(record.source?.heading),
      Value(record.source?.lines?.lowerBound), Value(record.source?.lines?.upperBound),
      .text(try MetadataJSON.encode(record.metadata)), .text(record.text),
    ]
  }

  /// Reads a record from a row of ``selection``, or throws ``LociError/Code/corrupt``.
  static func decode(_ row: Row) throws -> Record {
    do {
      guard let status = Record.Status(rawValue: row.text(3)) else {
        throw LociError(.corrupt, "A record's status is none that Loci knows.")
      }
      let record = try Record(
        id: RecordID(row.text(1)), namespace: Namespace(row.text(0)),
        collection: Record.Collection(row.text(2)), text: row.text(18),
        category: row.optionalText(4).map(Record.Category.init), metadata: metadata(row),
        author: row.optionalText(12), source: source(row), status: status,
        importance: Int(row.integer(6)), confidence: row.real(7),
        createdAt: Date(millisecondsSince1970: row.integer(8)),
        updatedAt: Date(millisecondsSince1970: row.integer(9)),
        lastAccessedAt: row.optionalInteger(10).map(Date.init(millisecondsSince1970:)),
        accessCount: Int(row.integer(11)))
      try record.requireHash(row.blob(5))
      return record
    } catch {
      throw LociError(
        .corrupt, "A record in the store is not what was written.",
        remedy: "Run `loci doctor`, or restore the store from a backup.", underlying: error)
    }
  }

  /// The number of a row of ``selection``.
  static func number(_ row: Row) -> Int64 { row.integer(19) }

  private static func metadata(_ row: Row) throws -> Metadata {
    try MetadataJSON.decode(row.text(17))
  }

  private static func source(_ row: Row) -> Record.Source? {
    guard let uri = row.optionalText(13) else { return nil }
    let first = row.optionalInteger(15).map { Int($0) }
    let last = row.optionalInteger(16).map { Int($0) }
    let lines = first.flatMap { first in last.flatMap { first <= $0 ? first...$0 : nil } }
    return Record.Source(uri: uri, heading: row.optionalText(14), lines: lines)
  }
}
