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
      guard let (number, old) = try connection.record(record.id, in: namespace) else {
        return try insert(record)
      }
      return try update(number, from: old, to: replacement(of: old, by: record))
    case .patch(let id, let patch):
      guard let (number, old) = try connection.record(id, in: namespace) else {
        throw LociError(
          .notFound, "There is no record of that id in its namespace; nothing was changed.",
          remedy: "List the namespace's records to see their ids.", detail: id.text)
      }
      return try update(number, from: old, to: patch.applied(to: old, at: time))
    case .delete(let id):
      if let (number, old) = try connection.record(id, in: namespace) { try delete(number, old) }
      return nil
    }
  }

  private func insert(_ record: Record) throws -> Record {
    try check(record)
    guard try connection.insert(record) else {
      throw LociError(
        .conflict, "A record of that id exists in its namespace; nothing was changed.",
        remedy: "Choose another id, or update the record.", detail: record.id.text)
    }
    try log(.add, record.id)
    return record
  }

  private func update(_ number: Int64, from old: Record, to new: Record) throws -> Record {
    try check(new)
    try connection.replace(number, old, by: new)
    try log(.update, new.id)
    return new
  }

  private func delete(_ number: Int64, _ old: Record) throws {
    try connection.erase(number, old)
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
