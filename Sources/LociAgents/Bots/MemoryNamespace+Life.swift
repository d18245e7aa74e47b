import Foundation
public import LociCore
public import LociMemory

/// A record that was replaced, and the one that took its place.
public struct Supersession: Sendable {
  /// The record that was replaced.
  public let old: Record
  /// The record in its place.
  public let new: Remembered
}

// What becomes of records in their life. Each change is one transaction with its lines in the audit
// log, and none counts as a recall.
extension MemoryNamespace {
  /// Puts a new record in the place of one that is not so any more. The old one is kept and not
  /// recalled; each names the other. It was so until the new one is, so that a question as of an
  /// earlier time still finds it.
  ///
  /// ```swift
  /// let moved = try await ada.supersede(id, by: NewMemory("Alice lives in Porto"))
  /// print(moved.old.validUntil as Any, moved.new.record.supersededIDs)
  /// ```
  /// - Parameters:
  ///   - id: The record to replace.
  ///   - new: What takes its place; where it does not say since when it has been so, since now.
  ///   - actor: Who does it, for the audit log.
  /// - Throws: ``LociError/Code/notFound`` where there is no such record;
  ///   ``LociError/Code/conflict`` where something replaced it already, or others never let it be;
  ///   else as ``MemoryNamespace`` does.
  @discardableResult
  public func supersede(
    _ id: RecordID, by new: NewMemory, actor: String? = nil
  ) async throws -> Supersession {
    try await whileOthersWrite(id) { old, now in
      guard old.status != .superseded else {
        throw LociError(
          .conflict, "The record was superseded already.",
          remedy: "Supersede the one that replaced it: `loci chain` shows which.",
          detail: old.successorIDs.first?.text)
      }
      var new = new
      let start = (new.validFrom ?? now).wholeMilliseconds
      if new.validUntil.map({ start < $0.wholeMilliseconds }) ?? true { new.validFrom = start }
      new.metadata.link(SupersessionKey.supersedes, to: old.id)
      new.category = new.category ?? old.category
      let record = try record(for: new)
      var patch = RecordPatch()
      patch.action = .supersede
      patch.status = .superseded
      patch.metadata = [SupersessionKey.supersededBy: .string(record.id.text)]
      if old.validFrom.map({ $0 < start }) ?? true {
        patch.validUntil = min(start, old.validUntil ?? start)
      } else {
        // It never was so: only until now it was taken for true.
        patch.knownUntil = old.end(ofKnowledgeAt: now)
      }
      let answers = try await change(
        [.patch(old.id, patch), .insert(record)], actor: actor, requiring: [.unchanged(old)])
      guard answers.count == 2, let replaced = answers[0], let stored = answers[1] else {
        throw LociError(.io, "The store returned no record for a text that it stored.")
      }
      return Supersession(old: replaced.record, new: stored)
    }
  }

  /// Says that a record is not held for true any more. It is kept and not recalled; what was known
  /// earlier still finds it.
  ///
  /// ```swift
  /// try await ada.invalidate(id, actor: "reviewer")
  /// ```
  /// - Throws: ``LociError/Code/notFound`` where there is no such record.
  @discardableResult
  public func invalidate(_ id: RecordID, actor: String? = nil) async throws -> Record {
    let now = memory.surroundings.now()
    return try await update(id, actor: actor, as: .invalidate) { record in
      record.status = .invalidated
      record.knownUntil = record.end(ofKnowledgeAt: now)
    }.record
  }

  /// Hides records and keeps their texts; ``unforget(_:actor:)`` brings them back. To erase them,
  /// ``MemoryNamespace/forget(_:actor:)``.
  ///
  /// ```swift
  /// try await ada.hide([id])
  /// ```
  /// - Returns: How many of the ids were there and are hidden now.
  @discardableResult
  public func hide(_ ids: [RecordID], actor: String? = nil) async throws -> Int {
    try await hide(ids, actor: actor, as: .forget)
  }

  /// Hides records, under a name in the audit log.
  func hide(
    _ ids: [RecordID], actor: String?, as action: AuditEntry.Action
  ) async throws -> Int {
    var count = 0
    for id in Set(ids).sorted() {
      do {
        _ = try await update(id, actor: actor, as: action) { record in
          if action == .quarantine { record.metadata[HiddenKey.quarantine] = true }
          guard record.status != .forgotten else { return }
          if record.status != .active {
            record.metadata[HiddenKey.status] = .string(record.status.rawValue)
          }
          record.status = .forgotten
        }
        count += 1
      } catch let error as LociError where error.code == .notFound {
        continue
      }
    }
    return count
  }

  /// Brings a record back that was hidden, as it was before.
  ///
  /// ```swift
  /// try await ada.unforget(id)
  /// ```
  /// - Throws: ``LociError/Code/notFound`` where there is no such record: what was erased is gone.
  ///   ``LociError/Code/conflict`` where it is not hidden.
  @discardableResult
  public func unforget(_ id: RecordID, actor: String? = nil) async throws -> Record {
    try await update(id, actor: actor, as: .restore) { record in
      guard record.status == .forgotten else {
        throw LociError(
          .conflict, "The record is not hidden: its status is \(record.status.rawValue).")
      }
      let before = record.metadata.removeValue(forKey: HiddenKey.status)
      record.metadata[HiddenKey.quarantine] = nil
      if case .string(let name)? = before, let status = Record.Status(rawValue: name) {
        record.status = status
      } else {
        record.status = .active
      }
    }.record
  }

  /// What a record replaced and what replaced it, whatever their status.
  ///
  /// ```swift
  /// if let lineage = try await ada.lineage(of: id) {
  ///   print(lineage.later.last?.text ?? lineage.record.text)
  /// }
  /// ```
  /// - Returns: Nil where there is no such record. Of a longer row than 1000 records, these.
  public func lineage(of id: RecordID) async throws -> Lineage? {
    guard let record = try await get(id) else { return nil }
    return Lineage(
      record: record, earlier: try await linked(from: record, by: \.supersededIDs),
      later: try await linked(from: record, by: \.successorIDs))
  }

  private static var longestLineage: Int { 1000 }
  private static var attempts: Int { 100 }

  private func linked(
    from record: Record, by links: KeyPath<Record, [RecordID]>
  ) async throws -> [Record] {
    var (found, seen): ([Record], Set<RecordID>) = ([], [record.id])
    var next = record[keyPath: links]
    while found.count < Self.longestLineage {
      let ids = next.filter { seen.insert($0).inserted }.prefix(Self.longestLineage - found.count)
      guard !ids.isEmpty else { break }
      let byID = try await memory.records.get(Array(ids), namespace: namespace).keyed(by: \.id)
      let records = ids.compactMap { byID[$0] }
      found += records
      next = records.flatMap { $0[keyPath: links] }
    }
    return found
  }

  /// Makes a change of a record as it is, and again where somebody else changed it meanwhile.
  ///
  /// - Parameter missing: What is thrown where there is no such record; nil is the usual error.
  func whileOthersWrite<Answer>(
    _ id: RecordID, missing: LociError? = nil,
    _ work: (_ old: Record, _ now: Date) async throws -> Answer
  ) async throws -> Answer {
    var attempt = 0
    while true {
      guard let old = try await get(id) else { throw missing ?? self.missing(id) }
      do {
        return try await work(old, memory.surroundings.now())
      } catch let error as LociError where error.code == .conflict {
        // Where the record is as it was, it was something else.
        attempt += 1
        guard attempt < Self.attempts, try await get(id) != old else { throw error }
      }
    }
  }
}

/// What stands in the metadata of a hidden record.
enum HiddenKey {
  /// Its status before, where it was not active.
  static let status = "status_before"
  /// True where its verification failed.
  static let quarantine = "quarantine"
}

extension Record {
  /// When it ceases to be taken for true: now, or when it ceased before; after it began in any
  /// case, whatever the clock says.
  func end(ofKnowledgeAt now: Date) -> Date {
    let now = now.wholeMilliseconds
    let start = knownFrom.map { Date(millisecondsSince1970: $0.millisecondsSince1970 + 1) }
    let end = min(now, knownUntil ?? now)
    return start.map { max($0, end) } ?? end
  }
}

extension Metadata {
  /// Adds an id to those that a key names.
  mutating func link(_ key: String, to id: RecordID) {
    let known = value(ofExactly: key)?.elements ?? []
    let all = known.filter { $0 != .string(id.text) } + [.string(id.text)]
    self[key] = all.count == 1 ? all[0] : .list(all)
  }
}
