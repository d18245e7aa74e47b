import Foundation
import LociCore

/// Applies changes to records, with their words and audit rows, inside the caller's transaction.
struct RecordWriter {
  let connection: Connection
  let namespace: Namespace
  let actor: String?
  let time: Date

  /// Applies one change; returns the record as it is then, or nil where it is gone.
  func apply(_ change: RecordChange) throws -> Record? {
    switch change {
    case .insert(let record): return try insert(record)
    case .upsert(let record):
      guard let (number, old) = try existing(record.id) else { return try insert(record) }
      return try update(number, from: old, to: replacement(of: old, by: record))
    case .patch(let id, let patch):
      guard let (number, old) = try existing(id) else {
        throw LociError(
          .notFound, "There is no record of that id in its namespace; nothing was changed.",
          remedy: "List the namespace's records to see their ids.", detail: id.text)
      }
      return try update(number, from: old, to: patch.applied(to: old, at: time))
    case .delete(let id):
      if let (number, old) = try existing(id) { try delete(number, old) }
      return nil
    }
  }

  private func existing(_ id: RecordID) throws -> (Int64, Record)? {
    try connection.first(
      "SELECT \(RecordRow.selection) FROM record WHERE namespace = ? AND id = ?",
      [.text(namespace.name), .text(id.text)]
    ) { (RecordRow.number($0), try RecordRow.decode($0)) }
  }

  private func insert(_ record: Record) throws -> Record {
    try check(record)
    try connection.execute(RecordRow.insertion, RecordRow.values(record))
    guard connection.changeCount == 1 else {
      throw LociError(
        .conflict, "A record of that id exists in its namespace; nothing was changed.",
        remedy: "Choose another id, or update the record.", detail: record.id.text)
    }
    try WordIndex.insert(record, number: connection.lastInsertedRow, connection)
    try log(.add, record.id)
    return record
  }

  private func update(_ number: Int64, from old: Record, to new: Record) throws -> Record {
    try check(new)
    try connection.execute(RecordRow.update, RecordRow.values(new) + [.integer(number)])
    if old.text.utf8.elementsEqual(new.text.utf8) == false
      || old.source?.heading != new.source?.heading
    {
      try WordIndex.delete(old, number: number, connection)
      try WordIndex.insert(new, number: number, connection)
    }
    try log(.update, new.id)
    return new
  }

  private func delete(_ number: Int64, _ old: Record) throws {
    try WordIndex.delete(old, number: number, connection)
    try connection.execute("DELETE FROM record WHERE number = ?", [.integer(number)])
    try log(.delete, old.id)
  }

  /// A replacing record keeps what the old one has lived through.
  private func replacement(of old: Record, by new: Record) throws -> Record {
    try Record(
      id: new.id, namespace: new.namespace, collection: new.collection, text: new.text,
      category: new.category, metadata: new.metadata, author: new.author, source: new.source,
      status: new.status, importance: new.importance, confidence: new.confidence,
      createdAt: old.createdAt, updatedAt: time, lastAccessedAt: old.lastAccessedAt,
      accessCount: old.accessCount)
  }

  private func check(_ record: Record) throws {
    try record.validate()
    guard record.namespace == namespace else {
      throw LociError(
        .invalidArgument, "A record belongs to another namespace than the call names.",
        detail: "\(record.namespace) in a call for \(namespace)")
    }
  }

  private func log(_ action: AuditEntry.Action, _ id: RecordID) throws {
    try connection.execute(
      "INSERT INTO audit (time, action, namespace, record, actor) VALUES (?, ?, ?, ?, ?)",
      [
        .integer(time.millisecondsSince1970), .text(action.rawValue), .text(namespace.name),
        .text(id.text), Value(actor),
      ])
  }
}
