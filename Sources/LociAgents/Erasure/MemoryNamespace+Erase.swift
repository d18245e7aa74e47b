public import LociCore
public import LociMemory

/// What erasing records did.
public struct ErasureReport: Hashable, Sendable {
  /// How many of the ids had a record.
  public let recordCount: Int
  /// How many copies of them a bot had shared.
  public let sharedCount: Int
  /// Where no byte of them is left, and what may still hold some.
  public let scrubbed: ScrubReport
}

extension MemoryNamespace {
  /// Forgets records, with what their bot shared of them and what was said in episodes, and leaves
  /// no byte of their texts, earlier ones among them; see ``Memory/scrub()``. What is left is lines
  /// in the audit log, with salted hashes of texts.
  ///
  /// ```swift
  /// let report = try await ada.erase([id])
  /// print("clean:", report.scrubbed.places, "look here yourself:", report.scrubbed.remains)
  /// ```
  /// - Parameters:
  ///   - ids: Which records; where one was forgotten before, what is left of it goes.
  ///   - actor: Who does it, for the audit log.
  /// - Throws: What the stores throw; by then records may be forgotten, and erasing again goes on.
  /// - Complexity: O(memory): everything that is kept is written anew.
  @discardableResult
  public func erase(_ ids: [RecordID], actor: String? = nil) async throws -> ErasureReport {
    // The copies go first: where it ends in between, the records are still there to name them.
    let shared = try await forgetShared(ids)
    try await forgetTurns(ofEpisodes: ids, actor: actor)
    let count = try await forget(ids, actor: actor)
    return ErasureReport(
      recordCount: count, sharedCount: shared, scrubbed: try await memory.scrub())
  }

  /// Erases what the namespace's bot shared of records.
  package func forgetShared(_ ids: [RecordID]) async throws -> Int {
    try await Bot(of: self)?.unshare(copiesOf: Set(ids).sorted()) ?? 0
  }

  /// Erases what the namespace's bot shared of the records that pass a filter.
  package func forgetShared(where filter: Filter) async throws -> Int {
    guard let bot = Bot(of: self) else { return 0 }
    var count = 0
    for try await record in records(where: filter) {
      count += try await bot.unshare(copiesOf: [record.id])
    }
    return count
  }

  /// Erases a whole namespace: its records in every status and collection, damaged ones among them,
  /// and its values by key. Other namespaces stay as they are, also what its bot shared. What is
  /// left is its audit log.
  ///
  /// ```swift
  /// print(try await notes.forgetAll(), "records forgotten")
  /// ```
  /// - Parameter actor: Who does it, for the audit log.
  /// - Returns: How many records were erased.
  /// - Throws: What the store throws; what came before is erased by then, and calling it again goes
  ///   on.
  @discardableResult
  public func forgetAll(actor: String? = nil) async throws -> Int {
    var count = try await forget(where: Filter(statuses: nil), actor: actor)
    let damaged = try await memory.damagedRecords.filter { $0.namespace == namespace.name }
    count += try await forget(damaged.compactMap { try? RecordID($0.id) }, actor: actor)
    for shelf in KeyShelf.allCases {
      while case let page = try await memory.records.keyValues(
        on: shelf, in: namespace, after: nil, limit: 100), !page.isEmpty
      {
        for entry in page {
          try await memory.records.setKeyValue(
            entry.name, to: nil, at: memory.surroundings.now(), expecting: .anything)
        }
      }
    }
    return count
  }
}
