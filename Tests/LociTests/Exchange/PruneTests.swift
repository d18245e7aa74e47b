import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Vectors of models that are not used any more")
struct PruneTests {
  let homes: Homes

  init() throws { homes = try Homes() }

  @Test(
    "They are deleted on every backend, and those in use stay", .timeLimit(.minutes(5)),
    arguments: Homes.all)
  func prunes(backend: String) async throws {
    let memory = try await homes.memory(backend)
    try await Homes.fill(memory, count: 12)
    let vectors = try await memory.vectors
    let used = try await memory.embedder.space
    let other = BagOfWordsEmbedder(revision: "2")
    for namespace in try await memory.namespaces() {
      let records = try await memory[namespace].list(where: Filter(statuses: nil))
      let made = try await other.embed(records.map(\.text), as: .passage)
      try await vectors.ensure(other.space)
      try await vectors.upsert(
        zip(records, made).map { VectorEntry(of: $0, vector: $1.vector) }, in: other.space)
    }
    let told = try await memory.pruneVectors(isDryRun: true)
    #expect(told.map(\.space) == [other.space] && told.map(\.count) == [24])
    #expect(try await memory.pruneVectors() == told)
    #expect(try await vectors.namespaces(in: other.space).isEmpty)
    #expect(try await memory.pruneVectors().isEmpty)
    #expect(try await vectors.namespaces(in: used).count == 2)
    #expect(try await memory.fsck(repairs: false).allSatisfy { $0.space != used || $0.isClean })
    let hits = try await memory.namespace("one").recall("note 7", mode: .semantic).hits
    #expect(hits.first?.record.id.text == "7")
  }
}
