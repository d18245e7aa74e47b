import Foundation
import Loci
import LociTestKit
import Testing

@Suite("What becomes of records") struct LifeTests {
  private let day = 86_400.0

  private func old(_ text: String, _ now: Date) -> NewMemory {
    var new = NewMemory(text, category: .fact)
    new.createdAt = now.addingTimeInterval(-10 * day)
    return new
  }

  @Test(
    "A record in another's place: the old one is kept, found as of then, and each names the other",
    arguments: TestBackend.allCases)
  func supersede(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let ada = try fixture.ada
    let now = fixture.memory.surroundings.now()
    let lisbon = try await ada.remember(old("Alice lives in Lisbon", now)).record
    let porto = try await ada.supersede(
      lisbon.id, by: NewMemory("Alice lives in Porto"), actor: "ada")
    #expect(porto.old.status == .superseded && porto.old.validUntil != nil)
    #expect(
      porto.new.record.category == .fact && porto.new.record.validFrom == porto.old.validUntil)
    let rome = try await ada.supersede(
      porto.new.record.id, by: NewMemory("Alice lives in Rome")
    ).new.record

    let question = "where does Alice live?"
    let found = try await ada.recall("Alice lives", leastRelevance: 0).hits.map(\.record.id)
    #expect(found == [rome.id])
    let then = now.addingTimeInterval(-5 * day)
    let earlier = try await ada.recall(
      "Alice lives", leastRelevance: 0, where: Filter().asOf(then)
    ).hits.map(\.record.id)
    #expect(earlier == [lisbon.id], "\(question)")
    #expect(try await ada.list(where: Filter().asOf(then)).map(\.id) == [lisbon.id])

    for (id, past, future) in [
      (lisbon.id, [], [porto.new.record.id, rome.id]),
      (porto.new.record.id, [lisbon.id], [rome.id]),
      (rome.id, [porto.new.record.id, lisbon.id], []),
    ] as [(RecordID, [RecordID], [RecordID])] {
      let lineage = try #require(try await ada.lineage(of: id))
      #expect(lineage.record.id == id)
      #expect(lineage.earlier.map(\.id) == past && lineage.later.map(\.id) == future)
    }
    #expect(try await ada.lineage(of: RecordID("missing")) == nil)
    let log = try await ada.audit().reversed().map { [$0.action.name, $0.record.text] }
    #expect(
      log == [
        ["add", lisbon.id.text], ["supersede", lisbon.id.text],
        ["add", porto.new.record.id.text], ["supersede", porto.new.record.id.text],
        ["add", rome.id.text],
      ])
    #expect(try await ada.audit(record: lisbon.id).first?.actor == "ada")
  }

  @Test(
    "What can't take a place changes nothing: one transaction", arguments: TestBackend.ofRecords)
  func refused(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let ada = try fixture.ada
    let one = try await ada.remember("Alice lives in Lisbon").record
    let two = try await ada.remember("Bob lives in Rome").record
    let refusals: [(LociError.Code, LociError)] = [
      (
        .conflict,
        try await error { try await ada.supersede(one.id, by: NewMemory("x", id: two.id)) }
      ),
      (.invalidArgument, try await error { try await ada.supersede(one.id, by: NewMemory(" ")) }),
      (.notFound, try await error { try await ada.supersede(RecordID("no"), by: NewMemory("x")) }),
    ]
    #expect(refusals.allSatisfy { $0.0 == $0.1.code })
    #expect(try await ada.get(one.id) == one)
    #expect(try await ada.count() == 2)
    try await ada.supersede(one.id, by: NewMemory("Alice lives in Porto"))
    let again = try await error { try await ada.supersede(one.id, by: NewMemory("x")) }
    #expect(again.code == .conflict)
  }

  @Test("Of many who replace a record at once, one does", arguments: TestBackend.ofRecords)
  func race(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let ada = try fixture.ada
    let id = try await ada.remember("Alice lives in Lisbon").record.id
    let won = await withTaskGroup(of: Bool.self) { group in
      for number in 1...8 {
        group.addTask {
          (try? await ada.supersede(id, by: NewMemory("Alice lives at number \(number)"))) != nil
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(won == 1)
    #expect(try await ada.count() == 1)
    #expect(try await ada.lineage(of: id)?.later.count == 1)
  }

  @Test(
    "What is not held for true is not recalled, but as of before", arguments: TestBackend.allCases)
  func invalidate(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let ada = try fixture.ada
    let now = fixture.memory.surroundings.now()
    let id = try await ada.remember(old("Alice plays the violin", now)).record.id
    let invalid = try await ada.invalidate(id, actor: "reviewer")
    #expect(invalid.status == .invalidated)
    #expect(try await ada.invalidate(id) == invalid, "twice is once")
    #expect(try await ada.recall("violin", leastRelevance: 0).hits.isEmpty)
    let then = Filter().asOf(now.addingTimeInterval(-day))
    #expect(
      try await ada.recall("violin", leastRelevance: 0, where: then).hits.map(\.record.id) == [id])
    let later = Filter().asOf(now.addingTimeInterval(day))
    #expect(try await ada.recall("violin", leastRelevance: 0, where: later).hits.isEmpty)
    #expect(try await ada.audit().map(\.action) == [.invalidate, .add])
  }

  @Test(
    "What is hidden comes back as it was; what is erased does not", arguments: TestBackend.allCases)
  func unforget(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let ada = try fixture.ada
    let one = try await ada.remember("Alice plays the violin").record
    let two = try await ada.invalidate(ada.remember("Bob plays the drums").record.id)
    #expect(try await ada.hide([one.id, two.id, RecordID("missing")]) == 2)
    #expect(try await ada.recall("plays violin", leastRelevance: 0).hits.isEmpty)
    #expect(try await ada.list(where: Filter(statuses: [.forgotten])).count == 2)
    let restored = try await ada.unforget(one.id, actor: "ada")
    #expect(restored.status == .active && restored.metadata == one.metadata)
    #expect(try await ada.unforget(two.id).status == .invalidated)
    #expect(
      try await ada.recall("plays violin", leastRelevance: 0).hits.map(\.record.id) == [one.id])
    #expect(try await ada.audit(record: one.id).map(\.action) == [.restore, .forget, .add])
    #expect(try await error { try await ada.unforget(one.id) }.code == .conflict)
    try await ada.forget([one.id])
    #expect(try await error { try await ada.unforget(one.id) }.code == .notFound)
  }

  @Test(
    "Access is counted on what is returned, and by nothing else", arguments: TestBackend.ofRecords)
  func access(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let ada = try fixture.ada
    let id = try await ada.remember("Alice lives in Lisbon").record.id
    let other = try await ada.remember("the train leaves at nine").record.id
    _ = try await ada.duplicate(of: NewMemory("Alice lives in Lisbon"))
    _ = try await ada.hide([id])
    _ = try await ada.unforget(id)
    _ = try await ada.lineage(of: id)
    _ = try await ada.list()
    try await ada.backfill()
    _ = try await fixture.memory.fsck(repairs: true)
    try await fixture.memory.compact()
    await fixture.memory.close()
    #expect(try await ada.get(id)?.accessCount == 0)
    #expect(try await ada.recall("Alice lives", limit: 1).hits.map(\.record.id) == [id])
    await fixture.memory.close()
    #expect(try await ada.get(id)?.accessCount == 1)
    #expect(try await ada.get(other)?.accessCount == 0)
  }
}
