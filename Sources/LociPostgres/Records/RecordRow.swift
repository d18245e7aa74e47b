import Foundation
import LociCore

/// How a record lies in its table.
enum RecordRow {
  private static let names = [
    "namespace", "id", "collection", "status", "category", "content_hash", "importance",
    "confidence", "created_at", "updated_at", "last_accessed_at", "access_count", "author",
    "source_uri", "source_heading", "source_first_line", "source_last_line", "metadata", "text",
  ]

  /// The columns that ``decode(_:)`` reads.
  static let selection = names.joined(separator: ", ")

  /// Adds a record with its words.
  static func insertions(_ record: Record) throws -> [Statement] {
    let parts = WordText.indexed(record)
    let insertion = Statement(
      """
      INSERT INTO record (\(selection), words)
      VALUES (\((1...names.count).map { "$\($0)" }.joined(separator: ", ")),
        \(WordText.vector("$\(names.count + 1)")))
      """, try values(record) + [.text(parts[0])])
    return [insertion] + WordIndex.insertions(record, parts)
  }

  /// Puts a record in the place of another one of the same name.
  static func updates(from old: Record, to new: Record) throws -> [Statement] {
    var changes = names.enumerated().dropFirst(2).map { "\($1) = $\($0 + 1)" }
    var values = try values(new)
    var replacements: [Statement] = []
    if !hasSameWords(old, new) {
      let parts = WordText.indexed(new)
      values.append(.text(parts[0]))
      changes.append("words = \(WordText.vector("$\(values.count)"))")
      replacements = WordIndex.replacements(new, parts)
    }
    let update = Statement(
      "UPDATE record SET \(changes.joined(separator: ", ")) WHERE namespace = $1 AND id = $2",
      values)
    return [update] + replacements
  }

  private static func hasSameWords(_ left: Record, _ right: Record) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
      && (left.source?.heading ?? "").utf8.elementsEqual((right.source?.heading ?? "").utf8)
  }

  /// Erases a record.
  static func deletion(_ id: RecordID, in namespace: Namespace) -> Statement {
    Statement(
      "DELETE FROM record WHERE namespace = $1 AND id = $2",
      [.text(namespace.name), .text(id.text)])
  }

  /// A record's values, in the order of the columns.
  private static func values(_ record: Record) throws -> [Value] {
    [
      .text(record.namespace.name), .text(record.id.text), .text(record.collection.name),
      .text(record.status.rawValue), Value(record.category?.name), .bytes(record.contentHash.bytes),
      .integer(Int64(record.importance)), .real(record.confidence),
      .integer(record.createdAt.millisecondsSince1970),
      .integer(record.updatedAt.millisecondsSince1970),
      Value(record.lastAccessedAt?.millisecondsSince1970), .integer(Int64(record.accessCount)),
      escaped(record.author), escaped(record.source?.uri), escaped(record.source?.heading),
      Value(record.source?.lines?.lowerBound), Value(record.source?.lines?.upperBound),
      .text(try MetadataJSON.encode(record.metadata)), .text(MetadataJSON.escape(record.text)),
    ]
  }

  private static func escaped(_ text: String?) -> Value { Value(text.map(MetadataJSON.escape)) }

  /// Reads a record from a row of ``selection``, or throws ``LociError/Code/corrupt``, also where
  /// its text is not the one that its hash was made from.
  static func decode(_ row: Row) throws -> Record {
    let record = try unchecked(row)
    try record.requireHash(row.bytes(5))
    return record
  }

  /// Reads a record whatever its hash says.
  static func unchecked(_ row: Row) throws -> Record {
    do {
      guard let status = Record.Status(rawValue: row.text(3)) else {
        throw LociError(.corrupt, "A record's status is none that Loci knows.")
      }
      return try Record(
        id: RecordID(row.text(1)), namespace: Namespace(row.text(0)),
        collection: Record.Collection(row.text(2)), text: MetadataJSON.unescape(row.text(18)),
        category: row.optionalText(4).map(Record.Category.init),
        metadata: MetadataJSON.decode(row.text(17)), author: unescaped(row, 12),
        source: source(row), status: status, importance: Int(row.integer(6)),
        confidence: row.real(7), createdAt: Date(millisecondsSince1970: row.integer(8)),
        updatedAt: Date(millisecondsSince1970: row.integer(9)),
        lastAccessedAt: row.optionalInteger(10).map(Date.init(millisecondsSince1970:)),
        accessCount: Int(row.integer(11)))
    } catch {
      throw LociError(
        .corrupt, "A record in the store is not what was written.",
        remedy: "Run `loci doctor`, or restore the store from a backup.", underlying: error)
    }
  }

  private static func unescaped(_ row: Row, _ column: Int) -> String? {
    row.optionalText(column).map(MetadataJSON.unescape)
  }

  private static func source(_ row: Row) -> Record.Source? {
    guard let uri = unescaped(row, 13) else { return nil }
    let first = row.optionalInteger(15).map { Int($0) }
    let last = row.optionalInteger(16).map { Int($0) }
    let lines = first.flatMap { first in last.flatMap { first <= $0 ? first...$0 : nil } }
    return Record.Source(uri: uri, heading: unescaped(row, 14), lines: lines)
  }
}
