import Foundation
import LociCore
import LociSQLite
import LociTestKit
import Testing

@Suite("The sqlite-vec store") struct SQLiteVecStoreTests {
  private let folder: TemporaryFolder
  private let all: Scope
  private let space = Samples.space()

  init() throws {
    folder = try TemporaryFolder()
    all = try Samples.everything()
  }

  private func open() async throws -> SQLiteVecStore {
    try await SQLiteVecStore.open(
      at: folder.file("v.sqlite"), extension: SQLiteVecStore.library(in: Folders()))
  }

  @Test("It keeps the contract of every vector store", arguments: VectorStoreContract.all)
  func contract(_ promise: Promise<any VectorStore>) async throws {
    try await promise.check { try await open() }
  }

  @Test(
    "Neighbours that float32 can't tell apart come in the order of double precision",
    arguments: [8, 384, 1024])
  func rounding(dimension: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(dimension))
    let space = Samples.space(dimension: dimension)
    let center = try Samples.vector(dimension: dimension, using: &generator)
    let entries = try (0..<300).map { index in
      let nudged = center.components.map { $0 + Float.random(in: -1e-4...1e-4, using: &generator) }
      return try Samples.entry("\(index)", UnitVector(normalizing: nudged))
    }
    let (store, exact) = (try await open(), SimulatedVectorStore())
    try await store.upsert(entries, in: space)
    try await exact.upsert(entries, in: space)
    for limit in [1, 10, 100, 299] {
      let found = try await store.search(center, in: space, limit: limit, where: all)
      #expect(try await found == exact.search(center, in: space, limit: limit, where: all))
    }
  }

  @Test("More than vec0's 4096 neighbours come back, ties by id, wherever the limit cuts")
  func manyNeighbors() async throws {
    let store = try await open()
    let near = try (0..<200).map { try Samples.entry("near\($0)", Samples.axis(0)) }
    let far = try (0..<4800).map { try Samples.entry("far\($0)", Samples.axis(1)) }
    try await store.upsert((near + far).shuffled(), in: space)
    let order = near.map(\.id).sorted() + far.map(\.id).sorted()
    for limit in [1, 199, 200, 201, 4080, 4095, 4096, 4097, 5000, 5001, .max] {
      let found = try await store.search(Samples.axis(0), in: space, limit: limit, where: all)
      #expect(found.map(\.id) == Array(order.prefix(limit)), "limit \(limit)")
    }
  }

  @Test("Names longer than the 12 bytes that vec0 keeps at hand are told apart")
  func longNames() async throws {
    let store = try await open()
    let names = ["a category", "a category with a long name", "a category with another name"]
    try await store.upsert(
      names.map { name in
        try Samples.entry(name, Samples.axis(0)) {
          $0.category = try Record.Category(name)
          $0.collection = try Record.Collection(name)
        }
      } + [Samples.entry("none", Samples.axis(0))], in: space)
    for name in names {
      var filter = all
      filter.categories = [try Record.Category(name)]
      filter.collections = [try Record.Collection(name), .chunks]
      let found = try await store.search(Samples.axis(0), in: space, limit: 9, where: filter)
      #expect(found.map(\.id.text) == [name])
    }
  }

  @Test("An entry that loses its category, its source and its place in the order stays one entry")
  func replaced() async throws {
    let store = try await open()
    let first = try Samples.entry("a", Samples.axis(0)) {
      $0.category = .preference
      $0.sourceURI = "a.md"
    }
    let second = try Samples.entry("a", Samples.axis(1))
    for entry in [first, second] { try await store.upsert([entry], in: space) }
    var filter = all
    filter.categories = [.preference]
    #expect(try await store.search(Samples.axis(1), in: space, limit: 9, where: filter) == [])
    let found = try await store.search(Samples.axis(1), in: space, limit: 9, where: all)
    #expect(found == [VectorMatch(id: first.id, similarity: Similarity(1))])
    #expect(try await store.get([first.id], namespace: all.namespace, in: space) == [second])
  }

  @Test("Compacting gives back the room of deleted vectors, and the rest is found as before")
  func compacted() async throws {
    let store = try await open()
    var generator = SeededGenerator(seed: 5)
    let entries = try (0..<6000).map {
      try Samples.entry("\($0)", Samples.vector(using: &generator))
    }
    try await store.upsert(entries, in: space)
    try await store.compact()
    let before = try size()
    try await store.delete(
      entries.dropLast(500).map(\.id), namespace: all.namespace, in: space)
    let query = try Samples.vector(using: &generator)
    let found = try await store.search(query, in: space, limit: 600, where: all)
    let other = try await open()
    try await store.compact()
    #expect(try size() < before / 4)
    for store in [store, other] {
      #expect(try await store.search(query, in: space, limit: 600, where: all) == found)
      #expect(try await store.integrityCheck() == [])
    }
    #expect(found.count == 500)
  }

  private func size() throws -> Int {
    try folder.file("v.sqlite").resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
  }

  @Test("A file goes down to no schema and up again")
  func migrations() async throws {
    try await open().upsert([Samples.entry("a", Samples.axis(0))], in: space)
    let library = SQLiteVecStore.library(in: Folders())
    try StoreFile.migrate(folder.file("v.sqlite"), to: 0, sqliteVec: library)
    #expect(try StoreFile.definitions(folder.file("v.sqlite")) == [])
    let store = try await open()
    #expect(try await store.spaces() == [])
    try await store.upsert([Samples.entry("a", Samples.axis(0))], in: space)
    #expect(try await store.count(in: space, where: all) == 1)
  }

  @Test("A space that vec0 can't hold is refused with its limit")
  func dimensions() async throws {
    let store = try await open()
    for dimension in [0, -1, 8193] {
      let error = await #expect(throws: LociError.self) {
        try await store.ensure(Samples.space(dimension: dimension))
      }
      #expect(error?.code == .unsupported)
      #expect(error?.message.contains("8192") == true)
    }
    #expect(try await store.spaces() == [])
    try await store.upsert(
      [Samples.entry("a", Samples.axis(8191, dimension: 8192))],
      in: Samples.space(dimension: 8192))
  }
}
