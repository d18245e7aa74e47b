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
    let stored = try connection.record(change.id, in: namespace)
    let isDamaged = stored != nil && stored?.record == nil
    if case .patch = change, isDamaged { throw LociError.damaged(change.id) }
    let new = try change.applied(to: stored?.record, in: namespace, at: time)
    switch (stored, new) {
    case (nil, nil): break
    case (nil, let new?): try connection.insert(new)
    case (let (number, old)?, nil): try connection.erase(number, old)
    case (let (number, old)?, let new?): try connection.replace(number, old, by: new)
    }
    let action =
      isDamaged
      ? (new == nil ? .delete : .update) : AuditEntry.Action(from: stored?.record, to: new)
    if let action { try log(action, change.id) }
    return new
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
