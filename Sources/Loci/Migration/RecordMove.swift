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
  let serving: LiveSide
  /// The new store's own vectors, with the same model.
  let ownSide: LiveSide
  let surroundings: Surroundings
  let progress: @Sendable (MigrationProgress) -> Void

  private static let pageSize = 256
  private static let logPageSize = 1000
  /// Passes over the log's tail before writers are asked to wait.
  private static let maximumTailPasses = 20

  func run() async throws -> RecordMoveReport {
    let note = PlacementNote(records: old.records, surroundings: surroundings)
    return try await note.withLease(initial: serving.side) { try await move() }
  }

  /// Counts what differs now; nothing is changed.
  func rehearse() async throws -> RecordMoveReport {
    var report = RecordMoveReport(from: old.name, to: new.name, isDryRun: true)
    _ = try await requireNothingOfItsOwn()
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
    if try await Seal.read(old.records).seal == Seal(new.name) {
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

  /// Makes sure that nobody writes to the new store.
  private func claim() async throws {
    let note = try await requireNothingOfItsOwn()
    let filling = Seal(old.name, .filling).note
    // It may be one that was left for this one: who still has it open must not take that for the
    // end of this move.
    if note != filling { try await new.records.setNote(.seal, to: filling, replacing: note) }
  }

  /// Throws where the new store holds anything but copies; returns its seal's note.
  private func requireNothingOfItsOwn() async throws -> String? {
    let (seal, note) = try await Seal.read(new.records)
    if let seal, seal.store == old.name, !seal.isMoving { return note }
    let namespaces = try await new.records.namespaces()
    let isUsed = try await new.records.note(.placement) != nil || !namespaces.isEmpty
    guard seal == nil, !isUsed else {
      throw LociError(
        .conflict, "The store \(new.name) holds records of its own already.",
        remedy: "Name an empty one: another file, or another postgres.schema.")
    }
    return nil
  }

  private func close() async throws {
    let (_, note) = try await Seal.read(old.records)
    try await old.records.setNote(
      .seal, to: Seal(new.name, .moving).note, replacing: note)
  }

  private func reopen() async throws {
    try await old.records.setNote(
      .seal, to: nil, replacing: Seal(new.name, .moving).note)
  }

  /// From here on the new store's is the truth.
  private func handOver() async throws {
    var placement = Placement(serving: ownSide.side)
    placement.previousStore = old.name
    let (text, _) = try await PlacementNote(records: new.records, surroundings: surroundings).read()
    try await new.records.setNote(
      .placement, to: try PlacementNote.encode(placement), replacing: text)
    try await old.records.setNote(
      .seal, to: Seal(new.name).note, replacing: Seal(new.name, .moving).note)
  }

  /// Whoever follows the records may be faster.
  private func open() async throws {
    while case (let seal?, let note) = try await Seal.read(new.records), seal.store == old.name {
      do {
        return try await new.records.setNote(.seal, to: nil, replacing: note)
      } catch let error as LociError where error.code == .conflict {
        continue
      }
    }
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
    let living = Set(wanted.map(\.id))
    var page = RecordTransfer()
    page.records = wanted.filter { copies[$0.id] != $0 }
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

  /// Compares every record and line of the log; returns how many records there are, and their
  /// checksum.
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
        for record in page { hash.update(record.fingerprint.span) }
        count += page.count
        progress(MigrationProgress(step: .verification, completed: count, total: nil))
      }
    }
    try await store.forEachLogPage(after: 0, size: Self.logPageSize) { page in
      for line in page { hash.update(line.fingerprint.span) }
    }
    return (Hexadecimal.text(hash.finalize()), count)
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
  /// The SHA-256 over all records and the audit log, the same in both stores; empty where an
  /// earlier run had done all but the last step.
  public internal(set) var checksum = ""
}

extension LoggedChange {
  fileprivate var fingerprint: [UInt8] {
    SHA256.digest(fields: [
      namespace.name, "\(entry.sequence)", "\(entry.time.millisecondsSince1970)",
      entry.action.name, entry.record.text, entry.actor.map { "+" + $0 } ?? "-",
    ])
  }
}
