import Foundation
import Loci
import LociSQLite
import LociTestKit
import Testing

@Suite("Recall over several namespaces") struct SeveralNamespacesTests {
  private let folder: TemporaryFolder
  private let embedder = FaultyEmbedder()

  init() throws { folder = try TemporaryFolder() }

  private func memory(onSQLite: Bool) async throws -> Memory {
    guard onSQLite else {
      return Memory(records: SimulatedRecordStore(), vectors: SimulatedVectorStore()) {
        [embedder] in embedder
      }
    }
    let database = try await SQLiteDatabase.open(at: folder.file("m.sqlite"))
    return Memory(records: database.records, vectors: database.vectors) { [embedder] in embedder }
  }

  private func fill(_ memory: Memory) async throws -> [Namespace] {
    let names = try ["ada", "bob", "shared"].map { try Namespace($0) }
    let drinks = ["tea", "coffee", "water"]
    for (name, drink) in zip(names, drinks) {
      try await memory[name].remember(
        [
          NewMemory("Alice drinks \(drink) in the morning", id: RecordID("same"), category: .fact),
          NewMemory("the train to Lisbon leaves at nine", id: RecordID("train")),
          NewMemory("nobody reads the wiki of \(name)", id: RecordID("wiki")),
        ])
    }
    return names
  }

  @Test(
    "One list, best first, of what each namespace gives; the question is embedded once",
    arguments: [true, false])
  func joined(onSQLite: Bool) async throws {
    let memory = try await memory(onSQLite: onSQLite)
    let names = try await fill(memory)
    for mode in RecallMode.allCases {
      var single: Set<[String]> = []
      for name in names {
        for hit in try await memory[name].recall("Alice drinks coffee", limit: 5, mode: mode).hits {
          single.insert([hit.record.namespace.name, hit.record.id.text])
        }
      }
      let before = embedder.embeddedCount
      // Another spelling: what was asked before is not embedded again.
      let recall = try await memory.recall(
        "Alice drinks coffee" + (mode == .hybrid ? "?" : "!"),
        in: names + [names[0], Namespace("missing")], limit: 5, mode: mode)
      #expect(embedder.embeddedCount - before == (mode == .lexical ? 0 : 1), "\(mode)")
      let found = recall.hits.map { [$0.record.namespace.name, $0.record.id.text] }
      #expect(Set(found).isSubset(of: single) && Set(found).count == found.count, "\(mode)")
      #expect(found.count == min(5, single.count), "\(mode)")
      #expect(
        zip(recall.hits, recall.hits.dropFirst())
          .allSatisfy { $0.relevance.value >= $1.relevance.value }, "\(mode)")
      if mode != .lexical { #expect(found.first == ["bob", "same"], "\(mode)") }
      // The same question, the same list.
      let again = try await memory.recall("Alice drinks coffee", in: names, limit: 5, mode: mode)
      #expect(again.hits.map(\.record.namespace) == recall.hits.map(\.record.namespace))
    }
  }

  @Test("What ties comes in the order in which namespaces are named", arguments: [true, false])
  func ties(onSQLite: Bool) async throws {
    let memory = try await memory(onSQLite: onSQLite)
    let names = try await fill(memory)
    for order in [names, names.reversed()] {
      let recall = try await memory.recall("train to Lisbon", in: order, limit: 3)
      #expect(recall.hits.map(\.record.id.text) == ["train", "train", "train"])
      #expect(recall.hits.map(\.record.namespace) == order)
    }
  }

  @Test("A filter, the limit and the count of accesses hold for all", arguments: [true, false])
  func limits(onSQLite: Bool) async throws {
    let memory = try await memory(onSQLite: onSQLite)
    let names = try await fill(memory)
    let facts = try await memory.recall(
      "Alice train wiki", in: names, leastRelevance: 0, where: Filter(categories: [.fact]))
    #expect(Set(facts.hits.map(\.record.namespace)) == Set(names) && facts.hits.count == 3)
    let two = try await memory.recall("train to Lisbon", in: names, limit: 2)
    #expect(two.hits.count == 2)
    await memory.close()
    var counts: [Int] = []
    for name in names {
      counts.append(try await memory[name].get(RecordID("train"))?.accessCount ?? -1)
    }
    #expect(counts == [1, 1, 0], "only what is in the answer counts")
  }

  @Test("No namespace is an error, and so is a blank question")
  func refused() async throws {
    let memory = Memory.inMemory()
    for (question, names) in [("tea", []), (" ", ["ada"])] {
      let error = try await #require(throws: LociError.self) {
        try await memory.recall(question, in: names.map { try Namespace($0) })
      }
      #expect(error.code == .invalidArgument)
    }
    #expect(try await memory.recall("tea", in: [Namespace("nobody")]).hits.isEmpty)
  }
}
