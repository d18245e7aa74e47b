import Foundation
import Loci
import LociPostgres
import LociSQLite
import LociTestKit
import Synchronization
import Testing

@Suite("Reads of where a memory is")
struct PlacementReadTests {
  enum Store: CaseIterable { case sqlite, postgres, simulated }

  @Test("One call reads once, whatever it changes", arguments: Store.allCases)
  func once(_ store: Store) async throws {
    let fixture = try await CountedMemory(in: store)
    let namespace = try fixture.memory.namespace("one")
    // The first call also looks whether a setting wants vectors elsewhere.
    let record = try await namespace.remember("Alice drinks tea").record

    #expect(try await fixture.reads { try await namespace.remember("Bob drinks coffee") } == 1)
    let many = (0..<600).map { NewMemory("text number \($0)") }
    #expect(try await fixture.reads { try await namespace.remember(many) } == 1)
    var (rewritten, weighed) = (RecordPatch(), RecordPatch())
    (rewritten.text, weighed.importance) = ("Alice drinks water", 5)
    for patch in [rewritten, weighed] {
      let reads = try await fixture.reads { try await namespace.update(record.id, with: patch) }
      #expect(reads == 1)
    }
    #expect(try await fixture.reads { try await namespace.recall("what does Alice drink") } == 1)
    #expect(try await fixture.reads { try await namespace.forget([record.id]) } == 1)
  }
}

/// A memory that can move, whose store counts how often its notes are read.
private struct CountedMemory {
  let memory: Memory
  private let count = Counter()
  private let folder: TemporaryFolder

  init(in store: PlacementReadTests.Store) async throws {
    folder = try TemporaryFolder()
    let (records, vectors) = try await Self.parts(of: store, in: folder)
    let stores = StoreTracker(startingWith: "own", surroundings: Surroundings()) { [count] name in
      OpenStore(
        name: name, records: CountedNotes(base: records, count: count), ownBackend: "own",
        ownVectors: vectors)
    }
    memory = Memory(
      stores: stores,
      backends: Backends(initial: VectorSide(backend: "own", model: "1")) { _, _ in
        vectors
      } embedder: {
        BagOfWordsEmbedder(revision: $0)
      }, surroundings: Surroundings())
  }

  private static func parts(
    of store: PlacementReadTests.Store, in folder: TemporaryFolder
  ) async throws -> (any RecordStore, any VectorStore) {
    switch store {
    case .sqlite:
      let database = try await SQLiteDatabase.open(at: folder.file("memory.sqlite"))
      return (database.records, database.vectors)
    case .postgres:
      let server = try await PostgresServer.shared.value
      var settings = PostgresSettings(connection: server.conninfo())
      settings.schema = "reads \(UUID().uuidString.prefix(8))"
      let database = try await PostgresDatabase.open(settings)
      return (database.records, database.vectors)
    case .simulated:
      let disk = SimulatedDisk()
      return (
        SimulatedRecordStore(on: disk, named: "own"),
        SimulatedVectorStore(on: disk, named: "vectors", following: nil)
      )
    }
  }

  func reads<T>(_ body: () async throws -> T) async throws -> Int {
    let before = count.value.load(ordering: .relaxed)
    _ = try await body()
    return count.value.load(ordering: .relaxed) - before
  }
}

private final class Counter: Sendable {
  let value = Atomic(0)
}

private struct CountedNotes: ForwardingRecordStore {
  let base: any RecordStore
  let count: Counter

  func notes() async throws -> StoreNotes {
    count.value.wrappingAdd(1, ordering: .relaxed)
    return try await base.notes()
  }
}
