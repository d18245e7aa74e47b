import LociCore
import LociSQL

/// The rows of `record` and their words, which are written together, inside the caller's
/// transaction.
extension Connection {
  /// A record, nil where it is damaged, and its row's number, where it exists.
  func record(
    _ id: RecordID, in namespace: Namespace
  ) throws -> (number: Int64, record: Record?)? {
    try first(
      "SELECT \(RecordRow.selection) FROM record WHERE namespace = ? AND id = ?",
      [.text(namespace.name), .text(id.text)]
    ) { (RecordRow.number($0), try? RecordCodec.decode($0)) }
  }

  /// A record, where it exists; a damaged one throws ``LociError/Code/corrupt``.
  func whole(_ id: RecordID, in namespace: Namespace) throws -> Record? {
    guard let found = try record(id, in: namespace) else { return nil }
    guard let record = found.record else { throw LociError.damaged(id) }
    return record
  }

  /// How many records of a namespace pass a filter.
  func count(_ filter: Filter, in namespace: Namespace) throws -> Int {
    let condition = try FilterSQL(filter, in: namespace, table: "record")
    return Int(
      try integer("SELECT count(*) FROM record WHERE \(condition.sql)", condition.values))
  }

  /// Adds a record, whose id is free.
  func insert(_ record: Record) throws {
    try execute(RecordRow.insertion, RecordCodec.values(record))
    try WordIndex.insert(record, number: lastInsertedRow, self)
  }

  /// Puts a record in the place of another one of the same id; of a damaged one where `old` is nil.
  func replace(_ number: Int64, _ old: Record?, by new: Record) throws {
    guard let old else {
      try erase(number, nil)
      return try insert(new)
    }
    try execute(RecordRow.update, RecordCodec.values(new) + [.integer(number)])
    try WordIndex.replace(old, by: new, number: number, self)
  }

  /// Erases a record; a damaged one where `old` is nil. Which words the index has of that one is
  /// not known any more, so everything is indexed anew.
  func erase(_ number: Int64, _ old: Record?) throws {
    if let old { try WordIndex.delete(old, number: number, self) }
    try execute("DELETE FROM record WHERE number = ?", [.integer(number)])
    if old == nil { try WordIndex.rebuild(self) }
  }
}

/// Takes over another store's contents as they are, inside the caller's transaction.
struct RecordTransferWriter {
  let connection: Connection

  func take(_ page: RecordTransfer) throws {
    for (namespace, ids) in page.erased {
      for id in ids {
        guard let (number, old) = try connection.record(id, in: namespace) else { continue }
        try connection.erase(number, old)
      }
    }
    for record in page.records {
      try record.validate()
      if let (number, old) = try connection.record(record.id, in: record.namespace) {
        try connection.replace(number, old, by: record)
      } else {
        try connection.insert(record)
      }
      try connection.replaceVersions(of: record, by: page.versions(of: record))
    }
    let columns = AuditCodec.columns
    for line in page.log {
      try connection.execute(
        """
        INSERT INTO audit (\(columns.list))
        VALUES (\(columns.parameters)) ON CONFLICT DO NOTHING
        """, AuditCodec.values(line))
    }
    for name in page.erasedKeys { try connection.deleteKey(name) }
    for value in page.keyValues { try connection.put(value) }
  }
}
