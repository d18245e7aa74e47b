import Foundation
package import LociCore

/// The columns of the table `version`.
package enum VersionColumn: String, Column {
  case namespace
  case id
  case number
  case knownFrom = "known_from"
  case knownUntil = "known_until"
  case actor
  case text

  fileprivate func value(of version: RecordVersion) -> SQLValue {
    switch self {
    case .namespace: .text(version.namespace.name)
    case .id: .text(version.id.text)
    case .number: .integer(Int64(version.number))
    case .knownFrom: .integer(version.knownFrom.millisecondsSince1970)
    case .knownUntil: .integer(version.knownUntil.millisecondsSince1970)
    case .actor: SQLValue(version.actor)
    case .text: .text(version.text)
    }
  }
}

/// How an earlier text of a record lies in the table `version` of both databases.
package enum VersionCodec {
  /// The columns that ``decode(_:)`` reads.
  package static let columns = Columns(VersionColumn.names)

  /// A version's values, in the order of the columns.
  package static func values(_ version: RecordVersion) -> [SQLValue] {
    VersionColumn.allCases.map { $0.value(of: version) }
  }

  /// Reads a version, or throws where a name or a number in it is none.
  package static func decode(_ row: some SQLRow) throws -> RecordVersion {
    let row = NamedRow(row, columns)
    let number = row.integer(VersionColumn.number)
    guard (1..<Int64.max).contains(number) else {
      throw LociError(
        .corrupt, "An earlier text of a record in the store is not what was written.",
        remedy: "Forget the record, or restore the store from a backup.")
    }
    return RecordVersion(
      namespace: try Namespace(row.text(VersionColumn.namespace)),
      id: try RecordID(row.text(VersionColumn.id)), number: Int(number),
      text: row.text(VersionColumn.text),
      knownFrom: Date(millisecondsSince1970: row.integer(VersionColumn.knownFrom)),
      knownUntil: Date(millisecondsSince1970: row.integer(VersionColumn.knownUntil)),
      actor: row.optionalText(VersionColumn.actor))
  }
}
