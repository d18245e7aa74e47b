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
  /// Those that are damaged, and were not erased or replaced yet.
  private var damaged: Set<RecordID>
  private var erased: Set<RecordID> = []
  /// What happened, in order.
  private(set) var log: [Line] = []

  /// Starts with the records that exist of those that the changes name; nil stands for a damaged
  /// one.
  init(_ records: [RecordID: Record?], in namespace: Namespace, at time: Date) {
    self.namespace = namespace
    self.time = time.wholeMilliseconds
    before = records.compactMapValues(\.self)
    damaged = Set(records.keys).subtracting(before.keys)
    now = before
  }

  /// Applies one change; returns the record as it is then, or nil where it is gone.
  mutating func apply(_ change: RecordChange) throws -> Record? {
    let (id, old) = (change.id, now[change.id])
    let isDamaged = damaged.contains(id)
    if case .patch = change, isDamaged { throw LociError.damaged(id) }
    let new = try change.applied(to: old, in: namespace, at: time)
    if damaged.remove(id) != nil { erased.insert(id) }
    let action =
      isDamaged ? (new == nil ? .delete : .update) : AuditEntry.Action(from: old, to: new)
    if let action {
      now[id] = new
      changed.insert(id)
      log.append(Line(action: action, id: id))
    }
    return new
  }

  /// What has to be written, in id order, so that two batches at once never wait for each other.
  func statements() throws -> [Statement] {
    try changed.sorted().flatMap { id -> [Statement] in
      let deletions = [RecordRow.deletion(id, in: namespace)]
      let change: [Statement] =
        switch (before[id], now[id]) {
        case (nil, nil): []
        case (nil, let new?): try RecordRow.insertions(new)
        case (_?, nil): deletions
        case (let old?, let new?): try RecordRow.updates(from: old, to: new)
        }
      return (erased.contains(id) ? deletions : []) + change
    }
  }
}
