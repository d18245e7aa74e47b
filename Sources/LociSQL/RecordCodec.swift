import Foundation
package import LociCore

/// The columns of a record that no filter sees.
package enum RecordColumn: String, Column {
  case updatedAt = "updated_at"
  case lastAccessedAt = "last_accessed_at"
  case accessCount = "access_count"
  case authorName = "author_name"
  case sourceHeading = "source_heading"
  case sourceFirstLine = "source_first_line"
  case sourceLastLine = "source_last_line"
  case text

  fileprivate func value(of record: Record) -> SQLValue {
    switch self {
    case .updatedAt: .integer(record.updatedAt.millisecondsSince1970)
    case .lastAccessedAt: SQLValue(record.lastAccessedAt?.millisecondsSince1970)
    case .accessCount: .integer(Int64(record.accessCount))
    case .authorName: SQLValue(record.authorName)
    case .sourceHeading: SQLValue(record.source?.heading)
    case .sourceFirstLine: SQLValue(record.source?.lines?.lowerBound)
    case .sourceLastLine: SQLValue(record.source?.lines?.upperBound)
    case .text: .text(record.text)
    }
  }
}

/// How a record lies in the table `record` of both databases.
package enum RecordCodec {
  /// The columns that ``decode(_:)`` reads, first in their row; namespace and id begin.
  package static let columns = Columns(
    IdentityColumn.names + AttributeCodec.names + RecordColumn.names)

  /// A record's values, in the order of the columns.
  package static func values(_ record: Record) throws -> [SQLValue] {
    try IdentityColumn.values(record.namespace, record.id, record.contentHash)
      + AttributeCodec.values(VectorAttributes(of: record))
      + RecordColumn.allCases.map { $0.value(of: record) }
  }

  /// The record that a row names, as the row has it.
  package static func name(_ row: some SQLRow) -> DamagedRecord {
    let row = NamedRow(row, columns)
    return DamagedRecord(
      namespace: row.text(IdentityColumn.namespace), id: row.text(IdentityColumn.id))
  }

  /// Reads a record, or throws ``LociError/Code/corrupt``, also where its text is not the one that
  /// its hash was made from.
  package static func decode(_ row: some SQLRow) throws -> Record {
    let record = try unchecked(row)
    try record.requireHash(NamedRow(row, columns).bytes(IdentityColumn.contentHash))
    return record
  }

  /// Reads a record whatever its hash says.
  package static func unchecked(_ row: some SQLRow) throws -> Record {
    let row = NamedRow(row, columns)
    do {
      return try record(row, AttributeCodec.decode(row))
    } catch {
      throw LociError(
        .corrupt, "A record in the store is not what was written.",
        remedy: "Run `loci doctor`, or restore the store from a backup.", underlying: error)
    }
  }

  private static func record(
    _ row: NamedRow<some SQLRow>, _ seen: VectorAttributes
  ) throws -> Record {
    try Record(
      id: RecordID(row.text(IdentityColumn.id)), namespace: seen.namespace,
      collection: seen.collection, text: row.text(RecordColumn.text), category: seen.category,
      metadata: seen.metadata, author: seen.author,
      authorName: row.optionalText(RecordColumn.authorName), audience: seen.audience,
      source: source(row, seen.sourceURI), whole: seen.whole, position: seen.position,
      occurredAt: seen.occurredAt, validFrom: seen.validFrom, validUntil: seen.validUntil,
      knownFrom: seen.knownFrom, knownUntil: seen.knownUntil, status: seen.status,
      importance: seen.importance, confidence: seen.confidence, createdAt: seen.createdAt,
      updatedAt: Date(millisecondsSince1970: row.integer(RecordColumn.updatedAt)),
      lastAccessedAt: row.optionalInteger(RecordColumn.lastAccessedAt)
        .map(Date.init(millisecondsSince1970:)),
      accessCount: Int(row.integer(RecordColumn.accessCount)))
  }

  private static func source(_ row: NamedRow<some SQLRow>, _ uri: String?) -> Record.Source? {
    guard let uri else { return nil }
    let first = row.optionalInteger(RecordColumn.sourceFirstLine).map { Int($0) }
    let last = row.optionalInteger(RecordColumn.sourceLastLine).map { Int($0) }
    let lines = first.flatMap { first in last.flatMap { first <= $0 ? first...$0 : nil } }
    return Record.Source(
      uri: uri, heading: row.optionalText(RecordColumn.sourceHeading), lines: lines)
  }
}
