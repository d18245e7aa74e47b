/// What must hold for changes to be applied. It is checked in their transaction, before the first
/// of them, so that nothing can come in between.
public enum Precondition: Hashable, Sendable {
  /// Fewer records than this pass a filter of the call's namespace.
  case fewer(than: Int, passing: Filter)
  /// The record is there, and this is its author.
  case author(of: RecordID, is: String)
  /// The record is there, and its text has this hash.
  case contentHash(of: RecordID, is: ContentHash)

  /// The record is there as it was read: nothing of it was changed since, but how often it was
  /// recalled.
  case unchanged(Record)

  /// The record that it is about; nil for a number of them.
  package var record: RecordID? {
    switch self {
    case .fewer: nil
    case .author(let id, _), .contentHash(let id, _): id
    case .unchanged(let record): record.id
    }
  }
}

/// How a store asks whether preconditions hold.
package struct PreconditionCheck: Sendable {
  private let preconditions: [Precondition]

  package init(_ preconditions: [Precondition]) { self.preconditions = preconditions }

  /// Whether records are counted, so that nobody may add any meanwhile.
  package var counts: Bool { preconditions.contains { $0.record == nil } }

  /// The records that are asked about.
  package var records: Set<RecordID> { Set(preconditions.compactMap(\.record)) }

  /// - Parameters:
  ///   - record: Reads a record; nil where there is none. A damaged one throws.
  ///   - count: Counts the records of the call's namespace that pass a filter.
  /// - Throws: ``LociError/Code/conflict`` where there are too many records or a text is another
  ///   one, ``LociError/Code/forbidden`` where the author is somebody else,
  ///   ``LociError/Code/notFound`` where there is no such record, and what the closures throw.
  package func check(
    record: (RecordID) throws -> Record?, count: (Filter) throws -> Int
  ) throws {
    for precondition in preconditions {
      switch precondition {
      case .fewer(let limit, let filter):
        let found = try count(filter)
        guard found < limit else { throw Self.full(found, limit) }
      case .author(let id, let author):
        guard try Self.found(id, record).author.hasBytes(of: author) else {
          throw Self.foreign(id)
        }
      case .contentHash(let id, let hash):
        guard try Self.found(id, record).contentHash == hash else { throw Self.changed(id) }
      case .unchanged(let old):
        guard try Self.found(old.id, record).isUnchanged(since: old) else {
          throw Self.changed(old.id)
        }
      }
    }
  }

  private static func found(
    _ id: RecordID, _ record: (RecordID) throws -> Record?
  ) throws -> Record {
    guard let record = try record(id) else {
      throw LociError(
        .notFound, "There is no record of that id in its namespace; nothing was changed.",
        remedy: "List the namespace's records to see their ids.", detail: id.text)
    }
    return record
  }

  private static func full(_ found: Int, _ limit: Int) -> LociError {
    LociError(
      .conflict,
      "There are \(found) such records already, and fewer than \(limit) are wanted; "
        + "nothing was changed.", remedy: "Forget some of them, or raise the limit.")
  }

  private static func foreign(_ id: RecordID) -> LociError {
    LociError(
      .forbidden, "The record's author is somebody else; nothing was changed.", detail: id.text)
  }

  private static func changed(_ id: RecordID) -> LociError {
    LociError(
      .conflict, "The record was changed by somebody else meanwhile; nothing was changed.",
      remedy: "Read the record again, and change what it says now.", detail: id.text)
  }
}

extension Record {
  fileprivate func isUnchanged(since old: Record) -> Bool {
    var copy = self
    copy.accessCount = old.accessCount
    copy.lastAccessedAt = old.lastAccessedAt
    return copy == old
  }
}
