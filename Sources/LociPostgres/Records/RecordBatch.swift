import Foundation
import LociCore

/// What a list of changes makes of the records that it names, decided before anything is written.
struct RecordBatch {
  /// A line for the audit log.
  struct Line: Equatable {
    let action: AuditEntry.Action
    let id: RecordID
    /// The record after it; nil where it is gone.
    let record: Record?
  }

  private let namespace: Namespace
  private let time: Date
  private let before: [RecordID: Record]
  private var now: [RecordID: Record]
  private var changed: Set<RecordID> = []
  /// Those that are damaged, and were not erased or replaced yet.
  private var damaged: Set<RecordID>
  private var erased: Set<RecordID> = []
  /// Those that were erased on the way, and are there again: with them went their versions.
  private var renewed: Set<RecordID> = []
  /// Texts that others took the place of, in order.
  private var replaced: [(old: Record, new: Record)] = []
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
    if damaged.remove(id) != nil {
      erased.insert(id)
      renewed.insert(id)
    }
    keepText(of: old, replacedBy: new)
    if let action = change.action(from: old, to: new, isDamaged: isDamaged) {
      now[id] = new
      changed.insert(id)
      log.append(Line(action: action, id: id, record: new))
    }
    return new
  }

  private mutating func keepText(of old: Record?, replacedBy new: Record?) {
    switch (old, new) {
    case (let old?, let new?): replaced.append((old, new))
    case (let old?, nil):
      replaced.removeAll { $0.old.id == old.id }
      renewed.insert(old.id)
    case (nil, _): break
    }
  }

  /// The records whose texts others took the place of.
  var replacedTexts: Set<RecordID> {
    Set(replaced.lazy.filter { $0.old.contentHash != $0.new.contentHash }.map(\.old.id))
  }

  /// What has to be written about earlier texts, after the records.
  ///
  /// - Parameter last: The newest version of each record.
  func versionStatements(
    after last: [RecordID: RecordVersion], actor: String?
  ) -> [Statement] {
    var last = last.filter { !renewed.contains($0.key) }
    // What was erased took its versions along, unless it is there again.
    let kept = renewed.filter { before[$0] != nil && now[$0] != nil }
    let deletions = kept.isEmpty ? [] : [VersionRow.deletion(kept.sorted(), in: namespace)]
    let insertions = replaced.compactMap { old, new -> Statement? in
      guard
        let version = RecordVersion(
          of: old, replacedBy: new, after: last[old.id], actor: actor, at: time)
      else { return nil }
      last[old.id] = version
      return VersionRow.insertion(version)
    }
    return deletions + insertions
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
