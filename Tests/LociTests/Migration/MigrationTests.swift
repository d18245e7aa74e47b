import Foundation
import Loci
import LociSQLite
import LociTestKit
import Testing

@Suite("Moving vectors")
struct MigrationTests {
  static let native = VectorSide(backend: "native", model: "1")

  @Test("A memory moves to another backend, bit by bit, and back, twice")
  func thereAndBack() async throws {
    let fixture = try await MovingFixture()
    let memory = fixture.memory()
    try await fixture.fill(memory, 40)
    let before = try await fixture.entries("native")
    for _ in 0..<2 {
      let there = try await memory.migrate(to: VectorSide(backend: "a", model: "1"))
      #expect(there.verification?.comparedCount == 40)
      #expect(there.verification?.agreement == 1)
      #expect(try await memory.servingSide.backend == "a")
      #expect(try await fixture.entries("a") == before)
      try await memory.migrate(to: Self.native)
      #expect(try await fixture.entries("native") == before)
    }
    let hits = try await memory.namespace("one").recall("note number seven 0", limit: 3).hits
    #expect(hits.contains { $0.record.id.text == "7" })
  }

  @Test("What is written, changed and forgotten after a move is there after the way back [22]")
  func rollBack() async throws {
    let fixture = try await MovingFixture()
    let memory = fixture.memory()
    try await fixture.fill(memory, 10)
    try await memory.migrate(to: VectorSide(backend: "a", model: "1"))
    let one = try memory.namespace("one")
    try await one.remember("a violin concert", id: RecordID("new"))
    try await one.forget([RecordID("3")])
    var patch = RecordPatch()
    patch.status = .archived
    try await one.update(RecordID("4"), with: patch)
    #expect(try await fixture.entries("native").contains { $0.id.text == "3" } == false)
    try await memory.rollBack()
    #expect(try await memory.servingSide == Self.native)
    try await fixture.expectAgreement(on: "native")
    let hits = try await one.recall("violin concert", mode: .semantic).hits
    #expect(hits.first?.record.id.text == "new")
    guard case .vectors(let report) = try await memory.rollBack() else {
      Issue.record("a second one goes the other way")
      return
    }
    #expect(report.to.backend == "a")
  }

  @Test("A toggle that is switched by hand loses no write, in either direction [22]")
  func toggle() async throws {
    let fixture = try await MovingFixture()
    try await fixture.fill(fixture.memory(), 10)
    for (round, backend) in ["a", "native", "a", nil, "native"].enumerated() {
      let memory = fixture.memory(pinned: backend)
      let one = try memory.namespace("one")
      let hits = try await one.recall("note number", limit: 99, mode: .semantic).hits
      #expect(hits.count == 10 + round, "round \(round)")
      try await one.remember("note number \(round) of a toggle", id: RecordID("t\(round)"))
      try await one.forget([RecordID("\(round)")])
      try await one.remember("note number \(round) again", id: RecordID("again\(round)"))
      try await fixture.expectAgreement(on: backend ?? "a")
    }
  }

  @Test("Another model takes over with vectors of its own, and the old one comes back")
  func otherModel() async throws {
    let fixture = try await MovingFixture()
    let memory = fixture.memory()
    try await fixture.fill(memory, 20)
    let report = try await memory.migrate(to: VectorSide(backend: "native", model: "2"))
    #expect(report.changes.embedded == 20)
    #expect(report.verification?.checksum == nil)
    #expect((report.verification?.queryCount ?? 0) > 0)
    #expect(try await memory.embedder.space.revision == "2")
    let one = try memory.namespace("one")
    try await one.remember("a violin concert")
    #expect(try await one.recall("violin concert", mode: .semantic).hits.count >= 1)
    try await memory.rollBack()
    #expect(try await memory.embedder.space.revision == "1")
    #expect(try await one.recall("violin concert", mode: .semantic).hits.count >= 1)
    #expect(try await memory.fsck(repairs: false).allSatisfy(\.isClean))
  }

  @Test("Writers that never stop lose nothing while vectors move")
  func busy() async throws {
    let fixture = try await MovingFixture()
    let (mover, writer) = (fixture.memory(), fixture.memory())
    try await fixture.fill(mover, 300)
    let isMoving = Flag()
    let writing = Task {
      let one = try writer.namespace("one")
      var round = 0
      while await isMoving.isSet {
        try await one.remember("busy note \(round)", id: RecordID("busy\(round)"))
        if round % 3 == 0 { try await one.forget([RecordID("\(round % 300)")]) }
        var patch = RecordPatch()
        patch.importance = round % 5 + 1
        patch.metadata = ["round": .number(Double(round))]
        if round % 2 == 0 { patch.text = "changed note \(round)" }
        _ = try? await one.update(RecordID("\((round * 7 + 1) % 300)"), with: patch)
        round += 1
      }
      return round
    }
    for backend in ["a", "native", "a"] {
      try await mover.migrate(to: VectorSide(backend: backend, model: "1"))
    }
    await isMoving.clear()
    #expect(try await writing.value > 0)
    try await fixture.expectAgreement(on: "a")
  }

  @Test("A move that is cut off anywhere is finished by the next one")
  func cutOff() async throws {
    for step in 1...40 {
      let fixture = try await MovingFixture()
      try await fixture.fill(fixture.memory(), 30)
      await fixture.faults.failAfter(step)
      _ = try? await fixture.memory().migrate(to: VectorSide(backend: "a", model: "1"))
      await fixture.faults.failAfter(nil)
      let memory = fixture.memory()
      let hits = try await memory.namespace("one").recall("note", limit: 99, mode: .semantic).hits
      #expect(hits.count == 30, "served meanwhile, step \(step)")
      try await memory.migrate(to: VectorSide(backend: "a", model: "1"))
      try await fixture.expectAgreement(on: "a")
    }
  }

  @Test("Only one process moves a memory at a time, and a dead one's lease does not stay")
  func oneMover() async throws {
    let fixture = try await MovingFixture()
    try await fixture.fill(fixture.memory(), 3)
    let lease: @Sendable (Int32) -> String = { process in
      #"{"isUnchecked":false,"mover":{"host":"\#(fixture.host)","id":"x","process":\#(process),"#
        + #""renewedAt":\#(Date().timeIntervalSinceReferenceDate)},"#
        + #""serving":{"backend":"native","model":"1"}}"#
    }
    let living = lease(ProcessInfo.processInfo.processIdentifier)
    try await fixture.database.records.setNote(.placement, to: living, replacing: nil)
    let side = VectorSide(backend: "a", model: "1")
    let error = await #expect(throws: LociError.self) {
      try await fixture.memory().migrate(to: side)
    }
    #expect(error?.code == .busy)
    try await fixture.database.records.setNote(
      .placement, to: lease(try DeadProcess.identifier()), replacing: living)
    #expect(try await fixture.memory().migrate(to: side).to == side)
  }

  @Test("A rehearsal says what would be done, and changes nothing")
  func dryRun() async throws {
    let fixture = try await MovingFixture()
    let memory = fixture.memory()
    try await fixture.fill(memory, 5)
    let report = try await memory.migrate(
      to: VectorSide(backend: "a", model: "1"), isDryRun: true)
    #expect(report.recordCount == 5)
    #expect(report.changes.pending == 5)
    #expect(try await fixture.entries("a").isEmpty)
    #expect(try await memory.servingSide == Self.native)
    #expect(try await fixture.database.records.note(.placement) == nil)
  }

  @Test("A move to another side than the unfinished one is refused until that is given up")
  func unfinished() async throws {
    let fixture = try await MovingFixture()
    let memory = fixture.memory()
    try await fixture.fill(memory, 5)
    await fixture.faults.failAfter(3)
    _ = try? await memory.migrate(to: VectorSide(backend: "a", model: "1"))
    await fixture.faults.failAfter(nil)
    let other = VectorSide(backend: "b", model: "1")
    let error = await #expect(throws: LociError.self) { try await memory.migrate(to: other) }
    #expect(error?.code == .conflict)
    guard case .givenUp = try await memory.rollBack() else {
      Issue.record("not given up")
      return
    }
    #expect(try await memory.migrate(to: other).to == other)
  }

  @Test("A side that answers wrongly never takes over")
  func wrongAnswers() async throws {
    let fixture = try await MovingFixture()
    let memory = fixture.memory()
    try await fixture.fill(memory, 30)
    let error = await #expect(throws: LociError.self) {
      try await memory.migrate(to: VectorSide(backend: "wrong", model: "1"))
    }
    #expect(error?.code == .conflict)
    #expect(try await memory.servingSide == Self.native)
  }

  @Test("What the configuration pins can't be moved away from, and the error says how")
  func pinned() async throws {
    let fixture = try await MovingFixture()
    let memory = fixture.memory(pinned: "native")
    let error = await #expect(throws: LociError.self) {
      try await memory.migrate(to: VectorSide(backend: "a", model: "1"))
    }
    #expect(error?.code == .invalidConfiguration)
    #expect(error?.remedy?.contains("embeddings.vector_backend") == true)
  }

  @Test("fsck finds and repairs what is missing, stale, outdated and orphaned")
  func fsck() async throws {
    let fixture = try await MovingFixture()
    let memory = fixture.memory(pinned: "a")
    try await fixture.fill(memory, 8)
    let (store, space) = (fixture.store("a"), BagOfWordsEmbedder().space)
    let one = try Namespace("one")
    let entries = try await store.scan(one, in: space, after: nil, limit: 99)
    try await store.delete([entries[0].id], namespace: one, in: space)
    try await store.upsert(
      [
        VectorEntry(
          id: entries[1].id, contentHash: ContentHash(of: "older"), vector: entries[1].vector,
          attributes: entries[1].attributes),
        VectorEntry(
          id: entries[2].id, contentHash: entries[2].contentHash, vector: entries[2].vector,
          attributes: VectorAttributes(
            namespace: one, status: .forgotten, createdAt: entries[2].attributes.createdAt)),
        VectorEntry(
          id: RecordID("ghost"), contentHash: entries[3].contentHash, vector: entries[3].vector,
          attributes: entries[3].attributes),
      ], in: space)
    for isRepaired in [false, true] {
      let findings = try #require(try await memory.fsck(repairs: isRepaired).first?.findings)
      #expect(findings.missing == 1)
      #expect(findings.stale == 1)
      #expect(findings.outdated == 1)
      #expect(findings.orphaned == 1)
      #expect(findings.embedded == (isRepaired ? 2 : 0))
    }
    #expect(try await memory.fsck(repairs: false).allSatisfy(\.isClean))
    try await fixture.expectAgreement(on: "a")
  }
}
