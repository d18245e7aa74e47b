import Foundation
import LociCore
import LociSQL

/// Applies changes to records, with their words and audit rows, inside the caller's transaction.
struct RecordWriter {
  let connection: Connection
  let namespace: Namespace
  let actor: String?
  let time: Date

  /// Applies one change; returns the record as it is then, or nil where it is gone.
  func apply(_ change: RecordChange) throws -> Record? {
    let stored = try connection.record(change.id, in: namespace)
    let isDamaged = stored != nil && stored?.record == nil
    if case .patch = change, isDamaged { throw LociError.damaged(change.id) }
    let new = try change.applied(to: stored?.record, in: namespace, at: time)
    switch (stored, new) {
    case (nil, nil): break
    case (nil, let new?): try connection.insert(new)
    case (let (number, old)?, nil): try connection.erase(number, old)
    case (let (number, old)?, let new?):
      if let old { try keepText(of: old, replacedBy: new) }
      try connection.replace(number, old, by: new)
    }
    let action = change.action(from: stored?.record, to: new, isDamaged: isDamaged)
    if let action { try log(action, change.id) }
    return new
  }

  private func keepText(of old: Record, replacedBy new: Record) throws {
    guard old.contentHash != new.contentHash else { return }
    let last = try connection.lastVersion(of: old.id, in: namespace)
    let version = RecordVersion(of: old, replacedBy: new, after: last, actor: actor, at: time)
    if let version { try connection.insert(version) }
  }

  private func log(_ action: AuditEntry.Action, _ id: RecordID) throws {
    let entry = AuditEntry(sequence: 0, time: time, action: action, record: id, actor: actor)
    let line = LoggedChange(namespace: namespace, entry: entry)
    let columns = AuditCodec.unnumbered
    try connection.execute(
      "INSERT INTO audit (\(columns.list)) VALUES (\(columns.parameters))",
      Array(AuditCodec.values(line).dropFirst()))
  }
}
