import Foundation
import LociMemory
import LociSimulation
import LociTestKit

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
      let filter = Scope(namespace: namespace, statuses: nil)
      let actual = try await calmly {
        try await self.facts(
          of: self.records().list(where: filter, after: nil, limit: 10_000), in: namespace)
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
    let lacking = try await recordsWithoutVector()
    // What seemed to fail may have been done.
    guard lacking.count <= pendingCount else {
      throw Violation("after a repair \(lacking) have no vectors, not \(pendingCount)")
    }
    model.embedded = Set(model.records.keys).subtracting(lacking)
  }

  /// As long as nothing fails or dies, no vector is left of what was changed or forgotten, also
  /// before any repair.
  func checkNothingIsLeft() async throws {
    guard scenario.isCalm, disk.crashCount == 0 else { return }
    _ = try await recordsWithoutVector()
  }

  /// The records without a vector, where every vector is of its record.
  private func recordsWithoutVector() async throws -> [Name] {
    let (vectors, embedder) = try await serving()
    var lacking: [Name] = []
    for namespace in namespaces {
      let filter = Scope(namespace: namespace, statuses: nil)
      let (records, entries) = try await calmly {
        (
          try await self.records().list(where: filter, after: nil, limit: 10_000),
          try await vectors.scan(namespace, in: embedder.space, after: nil, limit: 10_000)
        )
      }
      let byID = entries.keyed(by: \.id)
      for record in records {
        guard let entry = byID[record.id] else {
          lacking.append(Name(namespace: namespace, id: record.id))
          continue
        }
        guard entry == entry.following(record), entry.embeddedAt != nil else {
          let isStale = entry.contentHash != record.contentHash
          throw Violation(
            "the vector of \(namespace)/\(record.id) is not of its record: "
              + (isStale ? "another text" : "\(entry.attributes), \(Facts(of: record))"))
        }
      }
      if let orphan = Set(byID.keys).subtracting(records.map(\.id)).min() {
        throw Violation("\(namespace)/\(orphan) has a vector and no record")
      }
    }
    return lacking
  }

  /// The end of a run: nothing fails any more, everything is repaired, and then all must be right.
  mutating func settle() async throws {
    journal.note("settle")
    disk.hasFaults = false
    for embedder in embedders { embedder.hasFaults = false }
    waitForDeadMovers()
    pinned = Pin()
    try await reopen()
    let reports = try await memory.fsck(repairs: true)
    guard reports.allSatisfy(\.isClean) else { throw Violation("\(reports) after a repair") }
    try await checkRecords()
    try await checkAgreement(pendingCount: 0)
    for _ in 0..<4 { try await recall() }
    guard scenario.reach != .fixed else { return }
    try await moveThereAndBack()
    for _ in 0..<2 { try await recall() }
  }
}
