import Foundation
import LociCore

/// What a list of changes makes of the records that it names, decided before anything is written.
struct RecordBatch {
  /// A line for the audit log.
  struct Line: Equatable {
    let action: AuditEntry.Action
    let id: RecordID
  }

  private let namespace: Namespace
  private let time: Date
  private let before: [RecordID: Record]
  private var now: [RecordID: Record]
  private var changed: Set<RecordID> = []
  /// What happened, in order.
  private(set) var log: [Line] = []

  /// Starts with the records that exist of those that the changes name.
  init(_ records: [Record], in namespace: Namespace, at time: Date) {
    self.namespace = namespace
    self.time = time.wholeMilliseconds
    before = records.keyed(by: \.id)
    now = before
  }

  /// Applies one change; returns the record as it is then, or nil where it is gone.
  mutating func apply(_ change: RecordChange) throws -> Record? {
    switch change {
    case .insert(let record):
      guard now[record.id] == nil || record.namespace != namespace else {
        throw LociError(
          .conflict, "A record of that id exists in its namespace; nothing was changed.",
          remedy: "Choose another id, or update the record.", detail: record.id.text)
      }
      return try put(record, .add)
    case .upsert(let record):
      guard let old = now[record.id] else { return try put(record, .add) }
      return try put(replacement(of: old, by: record), .update)
    case .patch(let id, let patch):
      guard let old = now[id] else {
        throw LociError(
          .notFound, "There is no record of that id in its namespace; nothing was changed.",
          remedy: "List the namespace's records to see their ids.", detail: id.text)
      }
      return try put(patch.applied(to: old, at: time), .update)
    case .delete(let id):
      if now.removeValue(forKey: id) != nil { note(.delete, id) }
      return nil
    }
  }

  /// What has to be written, in id order, so that two batches at once never wait for each other.
  func statements() throws -> [Statement] {
    try changed.sorted().compactMap { id in
      switch (before[id], now[id]) {
      case (nil, nil): nil
      case (nil, let new?): try RecordRow.insertion(new)
      case (let old?, nil): RecordRow.deletion(old)
      case (let old?, let new?): try RecordRow.update(from: old, to: new)
      }
    }
  }

  private mutating func put(_ record: Record, _ action: AuditEntry.Action) throws -> Record {
    try record.validate()
    guard record.namespace == namespace else {
      throw LociError(
        .invalidArgument, "A record belongs to another namespace than the call names.",
        detail: "\(record.namespace) in a call for \(namespace)")
    }
    now[record.id] = record
    note(action, record.id)
    return record
  }

  private mutating func note(_ action: AuditEntry.Action, _ id: RecordID) {
    changed.insert(id)
    log.append(Line(action: action, id: id))
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
}

extension RecordChange {
  /// The record that it is about.
  var id: RecordID {
    switch self {
    case .insert(let record), .upsert(let record): record.id
    case .patch(let id, _), .delete(let id): id
    }
  }
}
