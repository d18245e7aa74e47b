import Foundation
import LociCore

/// Applies changes to records, with their audit rows. Who throws it away half done has changed
/// nothing.
struct RecordTransaction {
  private(set) var records: StoredRecords
  let namespace: Namespace
  let actor: String?
  let time: Date

  init(on records: StoredRecords, in namespace: Namespace, actor: String?, at time: Date) {
    self.records = records
    self.namespace = namespace
    self.actor = actor
    self.time = time.wholeMilliseconds
  }

  /// Applies one change; returns the record as it is then, or nil where it is gone.
  mutating func apply(_ change: RecordChange) throws(LociError) -> Record? {
    switch change {
    case .insert(let record):
      guard old(record.id) == nil else {
        throw LociError(
          .conflict, "A record of that id exists in its namespace; nothing was changed.",
          remedy: "Choose another id, or update the record.", detail: record.id.text)
      }
      return try store(record, as: .add)
    case .upsert(let record):
      guard let old = old(record.id) else { return try store(record, as: .add) }
      return try store(replacement(of: old, by: record), as: .update)
    case .patch(let id, let patch):
      guard let old = old(id) else {
        throw LociError(
          .notFound, "There is no record of that id in its namespace; nothing was changed.",
          remedy: "List the namespace's records to see their ids.", detail: id.text)
      }
      return try store(patch.applied(to: old, at: time), as: .update)
    case .delete(let id):
      guard old(id) != nil else { return nil }
      records.set(name(id), to: nil)
      records.addLine(.delete, name(id), actor: actor, at: time)
      return nil
    }
  }

  private func name(_ id: RecordID) -> RecordName { RecordName(namespace: namespace, id: id) }

  private func old(_ id: RecordID) -> Record? { records[name(id)] }

  private mutating func store(
    _ record: Record, as action: AuditEntry.Action
  ) throws(LociError) -> Record {
    try record.validate()
    guard record.namespace == namespace else {
      throw LociError(
        .invalidArgument, "A record belongs to another namespace than the call names.",
        detail: "\(record.namespace) in a call for \(namespace)")
    }
    records.set(name(record.id), to: record)
    records.addLine(action, name(record.id), actor: actor, at: time)
    return record
  }

  /// A replacing record keeps what the old one has lived through.
  private func replacement(of old: Record, by new: Record) throws(LociError) -> Record {
    try Record(
      id: new.id, namespace: new.namespace, collection: new.collection, text: new.text,
      category: new.category, metadata: new.metadata, author: new.author, source: new.source,
      status: new.status, importance: new.importance, confidence: new.confidence,
      createdAt: old.createdAt, updatedAt: time, lastAccessedAt: old.lastAccessedAt,
      accessCount: old.accessCount)
  }
}
