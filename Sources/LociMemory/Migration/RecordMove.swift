import Foundation
import LociCore

/// One move of records, with their log and their vectors, from a store to another.
///
/// The new store is sealed until it takes over, the old one from shortly before. What is written
/// meanwhile reaches the new store by the old one's log.
struct RecordMove: Sendable {
  let old: OpenStore
  let new: OpenStore
  /// The side that serves before the move.
  let serving: SideHandle
  /// The new store's own vectors, with the same model.
  let ownSide: SideHandle
  let surroundings: Surroundings
  let progress: @Sendable (MigrationProgress) -> Void

  private static let pageSize = 256
  private static let logPageSize = 1000
  /// Passes over the log's tail before writers are asked to wait.
  private static let maximumTailPasses = 20

  func run() async throws -> RecordMoveReport {
    try await oldNote.withLease { try await move() }
  }

  /// Counts what differs now; nothing is changed.
  func rehearse() async throws -> RecordMoveReport {
    var report = RecordMoveReport(from: old.name, to: new.name, isDryRun: true)
    try await requireNothingOfItsOwn()
    for namespace in try await old.records.namespaces() {
      try await old.records.forEachPage(of: namespace, size: Self.pageSize) { page in
        let found = try await new.records.get(page.map(\.id), namespace: namespace)
        report.recordCount += page.count
        report.differingCount += Set(page).subtracting(found).count
      }
    }
    return report
  }

  private func move() async throws -> RecordMoveReport {
    var report = RecordMoveReport(from: old.name, to: new.name, isDryRun: false)
    // Killed between closing the old store and opening the new one: all is there.
    if try await oldNote.read().seal == Placement.Seal(new.name) {
      try await open()
      return report
    }
    try await claim()
    var sequence = try await copyLog(after: 0)
    _ = try await copyRecords()
    for _ in 0..<Self.maximumTailPasses {
      let last = try await copyTail(after: sequence)
      if last == sequence { break }
      sequence = last
    }
    try await copyVectors()
    try await close()
    do {
      _ = try await copyTail(after: sequence)
      _ = try await copyRecords()
      try await copyKeyValues()
      try await copyVectors()
      (report.recordCount, report.checksum) = try await compare()
      try await handOver()
    } catch {
      // Whatever went wrong, or a cancellation: writers must not wait any longer.
      _ = await independently { try await reopen() }.result
      throw error
    }
    try await open()
    return report
  }

  // MARK: Seals

  /// A memory that was never moved is noted where it serves.
  private var oldNote: PlacementNote {
    PlacementNote(records: old.records, initial: serving.side, surroundings: surroundings)
  }
  private var newNote: PlacementNote { PlacementNote(of: new, surroundings) }
  private var moving: Placement.Seal { Placement.Seal(new.name, .moving) }

  /// Makes sure that nobody writes to the new store.
  private func claim() async throws {
    try await requireNothingOfItsOwn()
    // It may be one that was left for this one: who still has it open must not take that for the
    // end of this move.
    try await newNote.update { [old, new] placement in
      guard placement.seal.map({ $0.store == old.name }) ?? true else { throw new.isUsed }
      placement.seal = Placement.Seal(old.name, .filling)
    }
  }

  /// Throws where the new store holds anything but copies.
  private func requireNothingOfItsOwn() async throws {
    let placement = try await newNote.read()
    if let seal = placement.seal, seal.store == old.name, seal.state != .moving { return }
    guard placement == newNote.untouched, try await new.records.namespaces().isEmpty,
      try await new.records.allKeyValues(after: nil, limit: 1).isEmpty
    else {
      throw new.isUsed
    }
  }

  private func close() async throws {
    try await oldNote.update { [moving] in $0.seal = moving }
  }

  private func reopen() async throws { try await oldNote.unseal(moving) }

  /// From here on the new store's is the truth.
  private func handOver() async throws {
    try await newNote.update { [old, ownSide] placement in
      let seal = placement.seal
      placement = Placement(serving: ownSide.side)
      placement.previousStore = old.name
      placement.seal = seal
    }
    try await oldNote.update { [new, moving] placement in
      guard placement.seal == moving else {
        throw LociError(
          .conflict, "Somebody else opened the store again while its records were compared.",
          remedy: "Run the same command again.")
      }
      placement.seal = Placement.Seal(new.name)
    }
  }

  /// Whoever follows the records may be faster.
  private func open() async throws {
    try await newNote.update { [old] in if $0.seal?.store == old.name { $0.seal = nil } }
  }

  // MARK: Copying

  /// Makes the new store's records those of the old one; returns how many differed.
  private func copyRecords() async throws -> Int {
    var (changed, completed) = (0, 0)
    for namespace in try await allNamespaces() {
      try await old.records.forEachPage(of: namespace, size: Self.pageSize) { page in
        changed += try await copy(page.map(\.id), namespace, known: page)
        completed += page.count
        progress(MigrationProgress(step: .records, completed: completed, total: nil))
      }
      try await new.records.forEachPage(of: namespace, size: Self.pageSize) { page in
        changed += try await copy(page.map(\.id), namespace, known: nil)
      }
    }
    return changed
  }

  private func allNamespaces() async throws -> [Namespace] {
    try await Array(Set(old.records.namespaces() + new.records.namespaces())).sorted()
  }

  /// Copies the records of ids, and erases those that the old store has no longer.
  private func copy(
    _ ids: [RecordID], _ namespace: Namespace, known: [Record]?
  ) async throws -> Int {
    let wanted: [Record]
    if let known {
      wanted = known
    } else {
      wanted = try await old.records.get(ids, namespace: namespace)
    }
    let found = try await new.records.get(ids, namespace: namespace)
    let copies = found.keyed(by: \.id)
    let (versions, copied) = (
      try await old.records.versions(of: ids, in: namespace),
      try await new.records.versions(of: ids, in: namespace)
    )
    let differing = Set(versions).symmetricDifference(copied).map(\.id)
    let outdated = Set(differing + wanted.filter { copies[$0.id] != $0 }.map(\.id))
    let living = Set(wanted.map(\.id))
    var page = RecordTransfer()
    page.records = wanted.filter { outdated.contains($0.id) }
    page.versions = versions.filter { outdated.contains($0.id) && living.contains($0.id) }
    let gone = found.map(\.id).filter { !living.contains($0) }
    if !gone.isEmpty { page.erased = [namespace: gone] }
    let changed = page.records.count + gone.count
    if changed > 0 { try await new.records.takeOver(page) }
    return changed
  }

  /// Copies the log after a number; returns the last number.
  private func copyLog(after start: Int64) async throws -> Int64 {
    try await old.records.forEachLogPage(after: start, size: Self.logPageSize) { page in
      try await new.records.takeOver(RecordTransfer(log: page))
    }
  }

  /// Copies what the log says was changed after a number, and the log itself.
  private func copyTail(after start: Int64) async throws -> Int64 {
    try await old.records.forEachLogPage(after: start, size: Self.pageSize) { page in
      for (namespace, lines) in Dictionary(grouping: page, by: \.namespace) {
        _ = try await copy(
          Array(Set(lines.map(\.entry.record))), namespace, known: nil)
      }
      try await new.records.takeOver(RecordTransfer(log: page))
    }
  }

  /// Makes the new store's values by key those of the old one.
  private func copyKeyValues() async throws {
    try await new.records.forEachKeyValuePage(size: Self.pageSize) { page in
      var transfer = RecordTransfer()
      for value in page where try await old.records.keyValue(value.name) == nil {
        transfer.erasedKeys.append(value.name)
      }
      if !transfer.erasedKeys.isEmpty { try await new.records.takeOver(transfer) }
    }
    try await old.records.forEachKeyValuePage(size: Self.pageSize) { page in
      var transfer = RecordTransfer()
      transfer.keyValues = page
      try await new.records.takeOver(transfer)
    }
  }

  private func copyVectors() async throws {
    let source = try await serving.vectors()
    let projection = VectorProjection(records: new.records, side: ownSide)
    for space in try await source.spaces() {
      var pass = Reconciliation(space: space, projection: projection)
      pass.source = source
      _ = try await pass.run { [progress] in
        progress(MigrationProgress(step: .vectors, completed: $0.examined, total: nil))
      }
    }
  }

  // MARK: Comparing

  /// Compares every record, its earlier texts, every line of the log and every value by key;
  /// returns how many records there are, and their checksum.
  private func compare() async throws -> (Int, String) {
    var (sums, counts): ([String], [Int]) = ([], [])
    for store in [old, new] {
      let (sum, count) = try await checksum(store.records)
      sums.append(sum)
      counts.append(count)
    }
    guard sums[0] == sums[1], counts[0] == counts[1] else {
      throw LociError(
        .conflict,
        "The stores differ after copying: \(counts[0]) and \(Count.of(counts[1], "record")). "
          + "\(old.name) goes on serving.",
        remedy: "Run the same command again.")
    }
    return (counts[1], sums[1])
  }

  private func checksum(_ store: any RecordStore) async throws -> (String, Int) {
    var (hash, count) = (SHA256(), 0)
    for namespace in try await store.namespaces().sorted() {
      try await store.forEachPage(of: namespace, size: Self.pageSize) { page in
        for record in page { record.fingerprint.withSpan { hash.update($0) } }
        for version in try await store.versions(of: page.map(\.id), in: namespace) {
          version.fingerprint.withSpan { hash.update($0) }
        }
        count += page.count
        progress(MigrationProgress(step: .verification, completed: count, total: nil))
      }
    }
    try await store.forEachLogPage(after: 0, size: Self.logPageSize) { page in
      for line in page { line.fingerprint.withSpan { hash.update($0) } }
    }
    try await store.forEachKeyValuePage(size: Self.pageSize) { page in
      for value in page { value.fingerprint.withSpan { hash.update($0) } }
    }
    return (Hexadecimal.text(hash.finalize()), count)
  }
}

extension OpenStore {
  /// The error for whoever would fill it with another one's records.
  fileprivate var isUsed: LociError {
    LociError(
      .conflict, "The store \(name) holds records of its own already.",
      remedy: "Name an empty one: another file, or another postgres.schema.")
  }
}

/// What a move of records did.
public struct RecordMoveReport: Hashable, Sendable {
  /// The store that held the records.
  public let from: String
  /// The store that holds them now.
  public let to: String
  /// Whether anything was changed.
  public let isDryRun: Bool
  /// Records that were compared, all of them.
  public internal(set) var recordCount = 0
  /// In a dry run, the records that would be copied.
  public internal(set) var differingCount = 0
  /// The SHA-256 over all records with their earlier texts and the audit log, the same in both
  /// stores; empty where an earlier run had done all but the last step.
  public internal(set) var checksum = ""
}

extension KeyValue {
  fileprivate var fingerprint: [UInt8] {
    SHA256.digest(fields: [
      name.namespace.name, name.shelf.rawValue, name.key, value,
      "\(updatedAt.millisecondsSince1970)",
    ])
  }
}

extension LoggedChange {
  fileprivate var fingerprint: [UInt8] {
    SHA256.digest(fields: [
      namespace.name, "\(entry.sequence)", "\(entry.time.millisecondsSince1970)",
      entry.action.name, entry.record.text, entry.actor.map { "+" + $0 } ?? "-",
      entry.link?.previous.description ?? "", entry.link?.state?.description ?? "",
      entry.link?.hash.description ?? "",
    ])
  }
}
