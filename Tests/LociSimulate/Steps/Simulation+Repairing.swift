import Foundation
import Loci
import LociSimulation

extension Simulation {
  /// Makes up for failed embeddings.
  mutating func backfill() async throws {
    let namespace = try drawNamespace()
    journal.note("backfill \(namespace)")
    let memory = memory
    if let report = try await attempt({ try await memory[namespace].backfill() }) {
      journal.note("  \(report.embedded) embedded, \(report.failed) failed")
    }
  }

  /// Compares records and vectors and repairs what disagrees; afterwards they agree.
  mutating func fsck() async throws {
    journal.note("fsck")
    let memory = memory
    guard let reports = try await attempt({ try await memory.fsck(repairs: true) }),
      let report = reports.first(where: \.isCurrent)
    else { return }
    journal.note("  \(report.findings)")
    try await checkAgreement(pendingCount: report.findings.pending)
  }

  /// What a call answers; nil where it failed, as it may where stores or models do.
  mutating func attempt<Answer>(_ body: () async throws -> Answer) async throws -> Answer? {
    do {
      return try await body()
    } catch let error as LociError {
      journal.note("  \(error.code): \(error.message)")
      return nil
    } catch {
      throw Violation("\(error) was thrown, which is no LociError")
    }
  }

  /// Every record is what the model says, and there is none besides.
  func checkRecords() async throws {
    for namespace in namespaces {
      let filter = Filter(namespace: namespace, statuses: nil)
      let records = try await calmly {
        try await self.records.list(where: filter, after: nil, limit: 10_000)
      }
      var actual: [Name: Facts] = [:]
      for record in records {
        actual[Name(namespace: namespace, id: record.id)] = Facts(of: record)
      }
      let names = Set(model.names(in: namespace)).union(actual.keys).sorted()
      for name in names where actual[name] != model.records[name] {
        throw Violation("\(name) is \(actual[name].debug), must be \(model.records[name].debug)")
      }
    }
  }

  /// Searches see a vector of every record, made from its text, with its attributes, and no other;
  /// all but `pendingCount` of them at most.
  mutating func checkAgreement(pendingCount: Int) async throws {
    let (vectors, embedder) = try await serving()
    var lacking = 0
    model.embedded = []
    for namespace in namespaces {
      let filter = Filter(namespace: namespace, statuses: nil)
      let (records, entries) = try await calmly {
        (
          try await self.records.list(where: filter, after: nil, limit: 10_000),
          try await vectors.scan(namespace, in: embedder.space, after: nil, limit: 10_000)
        )
      }
      let byID = Dictionary(entries.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
      for record in records {
        guard let entry = byID[record.id] else {
          lacking += 1
          continue
        }
        guard entry == VectorEntry(of: record, vector: entry.vector) else {
          throw Violation("after a repair the vector of \(record.id) is not of its record")
        }
        model.embedded.insert(Name(namespace: namespace, id: record.id))
      }
      if let orphan = Set(byID.keys).subtracting(records.map(\.id)).min() {
        throw Violation("after a repair \(namespace)/\(orphan) has a vector and no record")
      }
    }
    // What seemed to fail may have been done.
    guard lacking <= pendingCount else {
      throw Violation("after a repair \(lacking) vectors are missing, not \(pendingCount)")
    }
  }

  /// The end of a run: nothing fails any more, everything is repaired, and then all must be right.
  mutating func settle() async throws {
    journal.note("settle")
    disk.hasFaults = false
    for embedder in embedders { embedder.hasFaults = false }
    waitForDeadMovers()
    pinnedBackend = nil
    try await reopen()
    let reports = try await memory.fsck(repairs: true)
    guard reports.allSatisfy(\.isClean) else { throw Violation("\(reports) after a repair") }
    try await checkRecords()
    try await checkAgreement(pendingCount: 0)
    for _ in 0..<4 { try await recall() }
    guard scenario.canMove else { return }
    try await moveThereAndBack()
    for _ in 0..<2 { try await recall() }
  }
}
