import Loci
import LociSimulation

extension Simulation {
  /// Makes up for failed embeddings.
  mutating func backfill() async throws {
    let namespace = try drawNamespace()
    journal.note("backfill \(namespace)")
    do {
      let report = try await memory[namespace].backfill()
      journal.note("  \(report.embedded) embedded, \(report.failed) failed")
    } catch let error as LociError {
      journal.note("  \(error.code)")
    } catch {
      throw Violation("a backfill threw \(error), which is no LociError")
    }
  }

  /// Every record is what the model says, and there is none besides.
  func checkRecords() async throws {
    for namespace in namespaces {
      let filter = Filter(namespace: namespace, statuses: nil)
      let records = try await calmly {
        try await truth.records.list(where: filter, after: nil, limit: 10_000)
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

  /// The end of a run: nothing fails any more, everything is repaired, and then all must be right.
  mutating func settle() async throws {
    journal.note("repair")
    disk.hasFaults = false
    embedder.hasFaults = false
    try await reopen()
    for namespace in namespaces {
      let report = try await memory[namespace].backfill()
      guard report.failed == 0 else { throw Violation("a backfill failed without a fault") }
    }
    try await checkRecords()
    try await checkVectors()
    for _ in 0..<6 { try await recall() }
  }

  /// Every record has a vector of its text.
  private mutating func checkVectors() async throws {
    for namespace in namespaces {
      let entries = try await truth.vectors.scan(
        namespace, in: embedder.space, after: nil, limit: 10_000)
      let byID = Dictionary(entries.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
      for name in model.names(in: namespace) {
        guard let entry = byID[name.id], let facts = model.records[name],
          entry.contentHash == ContentHash(of: facts.text)
        else { throw Violation("\(name) has no vector of its text after the repair") }
        let known = entry.attributes
        if known == facts.attributes(in: namespace, createdAt: known.createdAt) {
          model.embedded.insert(name)
        }
      }
    }
  }
}
