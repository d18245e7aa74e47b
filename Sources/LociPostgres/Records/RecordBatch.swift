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
    let (id, old) = (change.id, now[change.id])
    let new = try change.applied(to: old, in: namespace, at: time)
    if let action = AuditEntry.Action(from: old, to: new) {
      now[id] = new
      changed.insert(id)
      log.append(Line(action: action, id: id))
    }
    return new
  }

  /// What has to be written, in id order, so that two batches at once never wait for each other.
  func statements() throws -> [Statement] {
    try changed.sorted().flatMap { id -> [Statement] in
      switch (before[id], now[id]) {
      case (nil, nil): []
      case (nil, let new?): try RecordRow.insertions(new)
      case (let old?, nil): [RecordRow.deletion(old)]
      case (let old?, let new?): try RecordRow.updates(from: old, to: new)
      }
    }
  }
}
