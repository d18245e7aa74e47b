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
    let name = RecordName(namespace: namespace, id: change.id)
    let old = records[name]
    let new = try change.applied(to: old, in: namespace, at: time)
    if let old, let new,
      let version = RecordVersion(
        of: old, replacedBy: new, after: records.versions(of: name).last, actor: actor, at: time)
    {
      records.add(version, to: name)
    }
    if let action = change.action(from: old, to: new) {
      records.set(name, to: new)
      records.addLine(action, name, new, actor: actor, at: time)
    }
    return new
  }
}
