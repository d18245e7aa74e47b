import Foundation
import LociCore
import LociPostgres
import LociTestKit
import Testing

@Suite("Damaged records in PostgreSQL") struct DamageTests {
  @Test(
    "A record that is not what was written is left out and named, replaced and erased, not changed",
    arguments: ["text = 'x'", "content_hash = sha256('x')", "collection = ''"])
  func damaged(_ change: String) async throws {
    let server = try await PostgresServer.shared.value
    let (settings, all) = (server.settings(), try Samples.everything())
    let opened = Opened()
    let store = try await opened.open(settings).records
    try await store.apply(
      (0..<9).map { .insert(try Samples.record("id\($0)", "zebra number \($0)")) },
      in: all.namespace, actor: nil, at: .now)
    let damage = "UPDATE \"\(settings.schema)\".record SET \(change) WHERE id = 'id3'"
    try await server.sql(damage)

    let listed = try await store.list(where: all, after: nil, limit: 4).map(\.id.text)
    #expect(listed == ["id0", "id1", "id2", "id4"], "a page is full all the same")
    let id = try RecordID("id3")
    #expect(try await store.get([id], namespace: all.namespace) == [])
    #expect(try await store.damagedRecords() == [DamagedRecord(namespace: "one", id: "id3")])
    let problems = try await opened.open(settings).recordProblems()
    #expect(problems.count == 1 && problems[0].contains("id3 in one"))

    let error = await #expect(throws: LociError.self) {
      try await store.apply([.patch(id, RecordPatch())], in: all.namespace, actor: nil, at: .now)
    }
    #expect(error?.code == .corrupt)
    let new = try Samples.record("id3", "giraffe")
    try await store.apply([.insert(new)], in: all.namespace, actor: nil, at: .now)
    #expect(try await store.get([id], namespace: all.namespace).map(\.text) == ["giraffe"])
    #expect(try await store.damagedRecords().isEmpty)
    try await server.sql(damage)
    try await store.apply([.delete(id)], in: all.namespace, actor: nil, at: .now)
    #expect(try await store.count(where: all) == 8)
    let log = try await store.audit(all.namespace, record: id, limit: 9).map(\.action)
    #expect(log == [.delete, .update, .add])
    await opened.close()
  }

  @Test("Totals of words that are wrong are found and counted anew")
  func wrongTotals() async throws {
    let server = try await PostgresServer.shared.value
    let (settings, all) = (server.settings(), try Samples.everything())
    let opened = Opened()
    let database = try await opened.open(settings)
    try await database.records.apply(
      (0..<9).map { .insert(try Samples.record("id\($0)", "zebra number \($0)")) },
      in: all.namespace, actor: nil, at: .now)
    let before = try await database.records.search(words: "zebra", limit: 9, where: all)
    let totals = "\"\(settings.schema)\".word_total"
    for damage in [
      "UPDATE \(totals) SET records = records + 1", "UPDATE \(totals) SET length = 0",
      "DELETE FROM \(totals)",
    ] {
      #expect(try await database.recordProblems() == [])
      try await server.sql(damage)
      #expect(try await database.recordProblems().count == 1, "\(damage)")
      try await database.repairWords()
    }
    #expect(try await database.records.search(words: "zebra", limit: 9, where: all) == before)
    await opened.close()
  }

  @Test("Counting an access waits for nobody who holds the records or the log")
  func access() async throws {
    let server = try await PostgresServer.shared.value
    var settings = server.settings()
    settings.statementTimeout = .seconds(120)
    let opened = Opened()
    let store = try await opened.open(settings).records
    let record = try Samples.record("a")
    try await store.apply(
      [.insert(record)], in: record.namespace, actor: nil, at: record.createdAt)
    for table in [nil, "record"] {
      try await server.holding(settings, table: table) { _ in
        let start = ContinuousClock.now
        try? await store.recordAccess(to: [record.id], namespace: record.namespace, at: .now)
        // It is held for a minute.
        #expect(start.duration(to: .now) < .seconds(30))
      }
    }
    #expect(try await store.get([record.id], namespace: record.namespace)[0].accessCount == 0)
    try await store.recordAccess(to: [record.id], namespace: record.namespace, at: .now)
    #expect(try await store.get([record.id], namespace: record.namespace)[0].accessCount == 1)
    await opened.close()
  }
}
