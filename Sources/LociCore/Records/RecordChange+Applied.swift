package import Foundation

/// What a change makes of a record, decided before anything is written: the same in every store.
extension RecordChange {
  /// The id of the record that it is about.
  package var id: RecordID {
    switch self {
    case .insert(let record), .upsert(let record): record.id
    case .patch(let id, _), .delete(let id): id
    }
  }

  private var patched: RecordPatch? { if case .patch(_, let patch) = self { patch } else { nil } }

  /// The record after the change, or nil where it is gone.
  ///
  /// - Parameters:
  ///   - old: The record of that id, where there is one.
  ///   - namespace: The namespace that the call names.
  /// - Throws: ``LociError/Code/conflict`` for an insertion of what exists,
  ///   ``LociError/Code/notFound`` for a patch of what does not, and
  ///   ``LociError/Code/invalidArgument`` for a record that is not valid or of another namespace.
  package func applied(
    to old: Record?, in namespace: Namespace, at time: Date
  ) throws(LociError) -> Record? {
    let new: Record
    switch (self, old) {
    case (.delete, _): return nil
    case (.insert(let record), _), (.upsert(let record), nil): new = record
    case (.upsert(let record), let old?): new = record.replacing(old, at: time)
    case (.patch(_, let patch), let old?): new = try patch.applied(to: old, at: time)
    case (.patch(let id, _), nil):
      throw LociError(
        .notFound, "There is no record of that id in its namespace; nothing was changed.",
        remedy: "List the namespace's records to see their ids.", detail: id.text)
    }
    try new.validate()
    guard new.namespace == namespace else {
      throw LociError(
        .invalidArgument, "A record belongs to another namespace than the call names.",
        detail: "\(new.namespace) in a call for \(namespace)")
    }
    if case .insert = self, old != nil {
      throw LociError(
        .conflict, "A record of that id exists in its namespace; nothing was changed.",
        remedy: "Choose another id, or update the record.", detail: new.id.text)
    }
    return new.withWriteHash
  }
}

extension Record {
  /// This record in the place of an older one; it keeps what that has lived through.
  fileprivate func replacing(_ old: Record, at time: Date) -> Record {
    var record = self
    record.createdAt = old.createdAt
    record.updatedAt = time.wholeMilliseconds
    record.lastAccessedAt = old.lastAccessedAt
    record.accessCount = old.accessCount
    return record
  }
}

extension RecordChange {
  /// What happens to a record; nil where it was not there and is not then.
  ///
  /// - Parameter isDamaged: Whether a record is there that can't be read.
  package func action(
    from old: Record?, to new: Record?, isDamaged: Bool = false
  ) -> AuditEntry.Action? {
    switch (old != nil || isDamaged, new != nil) {
    case (false, false): nil
    case (false, true): .add
    case (true, false): .delete
    case (true, true): patched?.action ?? .update
    }
  }
}
