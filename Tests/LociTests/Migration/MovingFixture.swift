import Foundation
import Loci
import LociSQLite
import LociTestKit
import Testing

/// A memory over an SQLite file whose vectors can move between `native`, `a`, `b` and `wrong`, with
/// the models `1` and `2`.
struct MovingFixture: Sendable {
  let folder: TemporaryFolder
  let database: SQLiteDatabase
  let faults = FailingWrites()
  let host = ProcessInfo.processInfo.hostName
  private let stores = [
    "a": SimulatedVectorStore(), "b": SimulatedVectorStore(), "wrong": SimulatedVectorStore(),
  ]

  init() async throws {
    folder = try TemporaryFolder()
    database = try await SQLiteDatabase.open(at: folder.file("memory.sqlite"))
  }

  /// A handle as another process would have it.
  func memory(pinned: String? = nil) -> Memory {
    let backends = Backends(
      initial: VectorSide(backend: "native", model: "1"), pinnedBackend: pinned
    ) { name, _ in
      if name == "wrong" {
        return FaultyVectorStore(base: store(name), faults: faults, answersBackwards: true)
      }
      return FaultyVectorStore(base: store(name), faults: faults)
    } embedder: {
      BagOfWordsEmbedder(revision: $0)
    }
    return Memory(records: database.records, backends: backends)
  }

  func store(_ name: String) -> any VectorStore { stores[name] ?? database.vectors }

  func fill(_ memory: Memory, _ count: Int) async throws {
    let words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    let new = try (0..<count).map { index in
      try NewMemory(
        "note number \(words[index % 10]) \(index / 10)", id: RecordID("\(index)"),
        metadata: ["index": .number(Double(index))])
    }
    try await memory.namespace("one").remember(new)
  }

  func entries(_ name: String) async throws -> [VectorEntry] {
    try await store(name).scan(
      Namespace("one"), in: BagOfWordsEmbedder().space, after: nil, limit: 10_000)
  }

  /// Every record has its fresh vector with its attributes, and nothing else is there.
  func expectAgreement(on name: String) async throws {
    let all = Scope(namespace: try Namespace("one"), statuses: nil)
    let records = try await database.records.list(where: all, after: nil, limit: 10_000)
    let entries = try await entries(name)
    #expect(entries.map(\.id) == records.map(\.id))
    #expect(entries.map(\.contentHash) == records.map(\.contentHash))
    #expect(entries.map(\.attributes) == records.map { VectorAttributes(of: $0) })
  }
}

/// Lets a number of writes through, then fails every one, as a process that was killed.
actor FailingWrites {
  private var left: Int?

  func failAfter(_ count: Int?) { left = count }

  func check() throws {
    guard let left else { return }
    guard left > 0 else { throw LociError(.io, "The test's store was told to fail.") }
    self.left = left - 1
  }
}

/// A switch for tasks.
actor Flag {
  private(set) var isSet = true

  func clear() { isSet = false }
}

enum DeadProcess {
  /// The id of a process that has ended.
  static func identifier() throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/true")
    try process.run()
    process.waitUntilExit()
    return process.processIdentifier
  }
}

/// Passes everything on, and fails or finds the farthest on command.
struct FaultyVectorStore: ForwardingVectorStore {
  let base: any VectorStore
  let faults: FailingWrites
  var answersBackwards = false

  func ensure(_ space: EmbeddingSpace) async throws {
    try await faults.check()
    try await base.ensure(space)
  }
  func upsert(_ entries: [VectorEntry], in space: EmbeddingSpace) async throws {
    try await faults.check()
    try await base.upsert(entries, in: space)
  }
  func delete(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> Int {
    try await faults.check()
    return try await base.delete(ids, namespace: namespace, in: space)
  }
  func get(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> [VectorEntry] {
    try await faults.check()
    return try await base.get(ids, namespace: namespace, in: space)
  }
  func search(
    _ query: UnitVector, namespace: Namespace, in space: EmbeddingSpace, limit: Int,
    where filter: Filter
  ) async throws -> [VectorMatch] {
    guard answersBackwards else {
      return try await base.search(
        query, namespace: namespace, in: space, limit: limit, where: filter)
    }
    let opposite = try UnitVector(normalizing: query.components.map { -$0 })
    return try await base.search(
      opposite, namespace: namespace, in: space, limit: limit, where: filter)
  }
  func rebuildIndex(in space: EmbeddingSpace) async throws {
    try await faults.check()
    try await base.rebuildIndex(in: space)
  }
}
