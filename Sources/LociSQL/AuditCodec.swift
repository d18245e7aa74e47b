import Foundation
package import LociCore

/// The columns of the table `audit`.
package enum AuditColumn: String, Column {
  case sequence
  case time
  case action
  case namespace
  case record
  case actor
  case previous
  case state
  case hash

  fileprivate func value(of line: LoggedChange) -> SQLValue {
    switch self {
    case .sequence: .integer(line.entry.sequence)
    case .time: .integer(line.entry.time.millisecondsSince1970)
    case .action: .text(line.entry.action.name)
    case .namespace: .text(line.namespace.name)
    case .record: .text(line.entry.record.text)
    case .actor: SQLValue(line.entry.actor)
    case .previous: SQLValue(line.entry.link?.previous)
    case .state: SQLValue(line.entry.link?.state)
    case .hash: SQLValue(line.entry.link?.hash)
    }
  }
}

extension SQLValue {
  fileprivate init(_ hash: ChainHash?) { self = hash.map { .bytes($0.bytes) } ?? .null }
}

/// How a line of the audit log lies in the table `audit` of both databases.
package enum AuditCodec {
  /// The columns that ``decode(_:)`` reads.
  package static let columns = Columns(AuditColumn.names)

  /// The columns of a line that the store numbers.
  package static let unnumbered = Columns(Array(AuditColumn.names.dropFirst()))

  /// A line's values, in the order of the columns; the number is the first.
  package static func values(_ line: LoggedChange) -> [SQLValue] {
    AuditColumn.allCases.map { $0.value(of: line) }
  }

  /// Reads a line, or throws where a name in it is none.
  package static func decode(_ row: some SQLRow) throws -> LoggedChange {
    let row = NamedRow(row, columns)
    let entry = AuditEntry(
      sequence: row.integer(AuditColumn.sequence),
      time: Date(millisecondsSince1970: row.integer(AuditColumn.time)),
      action: try AuditEntry.Action(row.text(AuditColumn.action)),
      record: try RecordID(row.text(AuditColumn.record)),
      actor: row.optionalText(AuditColumn.actor), link: link(row))
    return LoggedChange(namespace: try Namespace(row.text(AuditColumn.namespace)), entry: entry)
  }

  /// Nil also where a hash in it is none: then the line is not chained any more.
  private static func link(_ row: NamedRow<some SQLRow>) -> AuditLink? {
    let state = row.optionalBytes(AuditColumn.state)
    guard let previous = try? ChainHash(bytes: row.bytes(AuditColumn.previous)),
      let hash = try? ChainHash(bytes: row.bytes(AuditColumn.hash))
    else { return nil }
    // A state that is none is another one than was written, which the line's hash shows.
    let known = state.flatMap { try? ChainHash(bytes: $0) } ?? (state == nil ? nil : .start)
    return AuditLink(previous: previous, state: known, hash: hash)
  }
}
