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
    if let action { try log(action, change.id, new) }
    return new
  }

  private func keepText(of old: Record, replacedBy new: Record) throws {
    guard old.contentHash != new.contentHash else { return }
    let last = try connection.lastVersion(of: old.id, in: namespace)
    let version = RecordVersion(of: old, replacedBy: new, after: last, actor: actor, at: time)
    if let version { try connection.insert(version) }
  }

  private func log(_ action: AuditEntry.Action, _ id: RecordID, _ record: Record?) throws {
    var entry = AuditEntry(sequence: 0, time: time, action: action, record: id, actor: actor)
    entry.link = AuditChain.link(
      entry, in: namespace, record, after: try connection.chainHead(of: namespace))
    let line = LoggedChange(namespace: namespace, entry: entry)
    let columns = AuditCodec.unnumbered
    try connection.execute(
      "INSERT INTO audit (\(columns.list)) VALUES (\(columns.parameters))",
      Array(AuditCodec.values(line).dropFirst()))
  }
}

extension Connection {
  /// The hash of a namespace's last line; of one without, a chain begins anew behind it.
  fileprivate func chainHead(of namespace: Namespace) throws -> ChainHash {
    let bytes = try first(
      "SELECT hash FROM audit WHERE namespace = ? ORDER BY sequence DESC LIMIT 1",
      [.text(namespace.name)]
    ) { $0.bytes(0) }
    return bytes.flatMap { try? ChainHash(bytes: $0) } ?? .start
  }
}
