import Foundation
import Loci
import LociSQLite
import LociTestKit
import Testing

@Suite("Moving records")
struct RecordMoveTests {
  @Test("Records, log and vectors move to another store and back, twice, byte for byte")
  func thereAndBack() async throws {
    let fixture = try await TwoStores()
    let memory = fixture.memory()
    let one = try memory.namespace("one")
    try await fixture.fill(memory)
    _ = try await one.recall("note")
    let before = try await fixture.contents(of: "first")
    for _ in 0..<2 {
      for store in ["second", "first"] {
        let report = try await memory.migrate(toStore: store)
        #expect(report.recordCount == before.records.count)
        #expect(try await fixture.contents(of: store) == before, "\(store)")
      }
    }
    #expect(try await memory.fsck(repairs: false).allSatisfy(\.isClean))
  }

  @Test("The old store takes no write any more, and who has it open follows")
  func follows() async throws {
    let fixture = try await TwoStores()
    let (mover, other) = (fixture.memory(), fixture.memory())
    try await fixture.fill(mover)
    #expect(try await other.namespace("one").recall("note").hits.isEmpty == false)
    try await mover.migrate(toStore: "second")
    let one = try other.namespace("one")
    try await one.remember("a violin concert", id: RecordID("late"))
    #expect(try await one.recall("violin", mode: .semantic).hits.first?.record.id.text == "late")
    #expect(
      try await fixture.first.records.get([RecordID("late")], namespace: Namespace("one")).isEmpty)
    let error = await #expect(throws: LociError.self) {
      try await fixture.first.records.apply(
        [.delete(RecordID("late"))], in: Namespace("one"), actor: nil, at: Date())
    }
    #expect(error?.code == .moved)
    guard case .records(let report) = try await mover.rollBack() else {
      Issue.record("no way back")
      return
    }
    #expect(report.to == "first")
    #expect(try await fixture.memory().namespace("one").get(RecordID("late")) != nil)
  }

  @Test("Writers that never stop lose nothing while records move")
  func busy() async throws {
    let fixture = try await TwoStores()
    let (mover, writer) = (fixture.memory(), fixture.memory())
    try await fixture.fill(mover)
    let isMoving = Flag()
    let writing = Task {
      let one = try writer.namespace("one")
      var (added, erased): (Set<String>, Set<String>) = ([], [])
      var round = 0
      while await isMoving.isSet {
        try await one.remember("busy note \(round)", id: RecordID("busy\(round)"))
        added.insert("busy\(round)")
        if round % 3 == 2 {
          try await one.forget([RecordID("busy\(round - 1)")])
          erased.insert("busy\(round - 1)")
        }
        round += 1
      }
      return (added, erased)
    }
    for store in ["second", "first", "second"] { try await mover.migrate(toStore: store) }
    await isMoving.clear()
    let (added, erased) = try await writing.value
    let all = Scope(namespace: try Namespace("one"), statuses: nil)
    let records = try await fixture.second.records.list(where: all, after: nil, limit: 100_000)
    let ids = Set(records.map(\.id.text))
    #expect(added.subtracting(erased).subtracting(ids) == [], "acknowledged and lost")
    #expect(erased.intersection(ids) == [], "erased and still there")
    #expect(try await fixture.memory().fsck(repairs: true).allSatisfy(\.isClean))
  }

  @Test("A move that is cut off anywhere leaves the old store serving, and is finished by the next")
  func cutOff() async throws {
    for step in 0..<30 {
      let fixture = try await TwoStores()
      let memory = fixture.memory()
      try await fixture.fill(memory)
      let before = try await fixture.contents(of: "first")
      let moving = Task { try await fixture.memory().migrate(toStore: "second") }
      try await Task.sleep(for: .microseconds(step * 400))
      moving.cancel()
      _ = try? await moving.value
      try await memory.namespace("one").remember("still here", id: RecordID("still"))
      try await memory.namespace("one").forget([RecordID("still")])
      try await fixture.memory().migrate(toStore: "second")
      let after = try await fixture.contents(of: "second")
      #expect(after.records == before.records, "step \(step)")
      #expect(after.versions == before.versions && after.versions.count == 2, "step \(step)")
      #expect(after.vectors == before.vectors, "step \(step)")
      #expect(after.log.starts(with: before.log), "step \(step)")
    }
  }

  @Test("A mover that died while writers waited does not keep them waiting")
  func deadMover() async throws {
    let fixture = try await TwoStores()
    let memory = fixture.memory()
    try await fixture.fill(memory)
    try await fixture.first.records.setNote(.seal, to: "second (moving)", replacing: nil)
    try await memory.namespace("one").remember("after the crash", id: RecordID("after"))
    #expect(try await fixture.first.records.note(.seal) == nil)
    try await memory.migrate(toStore: "second")
    #expect(try await fixture.memory().namespace("one").get(RecordID("after")) != nil)
  }

  @Test("A store with records of its own is never written over")
  func usedStore() async throws {
    let fixture = try await TwoStores()
    let memory = fixture.memory()
    try await fixture.fill(memory)
    let own = try Samples.record("own")
    try await fixture.second.records.apply(
      [.insert(own)], in: own.namespace, actor: nil, at: own.createdAt)
    let error = await #expect(throws: LociError.self) {
      try await memory.migrate(toStore: "second")
    }
    #expect(error?.code == .conflict)
    #expect(try await fixture.second.records.get([own.id], namespace: own.namespace) == [own])
    try await memory.namespace("one").remember("the first one still takes writes")
  }

  @Test("A rehearsal counts and changes nothing")
  func dryRun() async throws {
    let fixture = try await TwoStores()
    let memory = fixture.memory()
    try await fixture.fill(memory)
    let report = try await memory.migrate(toStore: "second", isDryRun: true)
    #expect(report.differingCount == 60)
    #expect(try await fixture.second.records.note(.seal) == nil)
    #expect(try await fixture.second.records.namespaces() == [])
  }
}

/// Two files between which a memory can move, as between a file and a server.
private struct TwoStores: Sendable {
  let folder: TemporaryFolder
  let first: SQLiteDatabase
  let second: SQLiteDatabase

  init() async throws {
    folder = try TemporaryFolder()
    first = try await SQLiteDatabase.open(at: folder.file("first.sqlite"))
    second = try await SQLiteDatabase.open(at: folder.file("second.sqlite"))
  }

  /// A handle as another process would have it; it begins with the first store.
  func memory() -> Memory {
    let stores = StoreTracker(startingWith: "first", surroundings: Surroundings()) { name in
      let database = name == "first" ? first : second
      return OpenStore(
        name: name, records: database.records, ownBackend: name, ownVectors: database.vectors)
    }
    let backends = Backends(initial: VectorSide(backend: "first", model: "1")) { name, _ in
      name == "first" ? first.vectors : second.vectors
    } embedder: {
      BagOfWordsEmbedder(revision: $0)
    }
    return Memory(stores: stores, backends: backends, surroundings: Surroundings())
  }

  func fill(_ memory: Memory) async throws {
    for name in ["one", "two"] {
      let namespace = try memory.namespace(name)
      try await namespace.remember(
        (0..<30).map { try NewMemory("note \($0) \0 ü", id: RecordID("\($0)"), author: "Zoë") })
      var patch = RecordPatch()
      patch.status = .archived
      patch.text = "note 3, told anew \0"
      patch.metadata = ["k\0": "v", "n": 0.1]
      try await namespace.update(RecordID("3"), with: patch, actor: "me")
    }
  }

  struct Contents: Equatable {
    var records: [Record] = []
    var versions: [RecordVersion] = []
    var log: [LoggedChange] = []
    var vectors: [VectorEntry] = []
  }

  func contents(of name: String) async throws -> Contents {
    let database = name == "first" ? first : second
    var contents = Contents()
    for namespace in try await database.records.namespaces().sorted() {
      let records = try await database.records.list(
        where: Scope(namespace: namespace, statuses: nil), after: nil, limit: 100_000)
      contents.records += records
      contents.versions += try await database.records.versions(
        of: records.map(\.id), in: namespace)
      contents.vectors += try await database.vectors.scan(
        namespace, in: BagOfWordsEmbedder().space, after: nil, limit: 100_000)
    }
    contents.log = try await database.records.auditLog(after: 0, limit: 100_000)
    return contents
  }
}
