import Foundation
import LociCore
import LociSQLite
import LociTestKit
import Testing

@Suite("Damaged records") struct DamageTests {
  private let folder: TemporaryFolder
  private let file: URL
  private let all: Scope

  init() throws {
    folder = try TemporaryFolder()
    file = folder.file("m.sqlite")
    all = try Samples.everything()
  }

  private func opened(damagedBy script: String) async throws -> SQLiteRecordStore {
    let first = try await SQLiteDatabase.open(at: file)
    try await first.records.apply(
      (0..<9).map { .insert(try Samples.record("id\($0)", "zebra number \($0)")) },
      in: all.namespace, actor: nil, at: .now)
    try await SecondProcess.run(script, on: file.path)
    return try await SQLiteDatabase.open(at: file).records
  }

  private static let otherText = "db.execute(\"UPDATE record SET text = 'x' WHERE id = 'id3'\")"
  private static let otherHash =
    "db.execute(\"UPDATE record SET content_hash = zeroblob(32) WHERE id = 'id3'\")"
  private static let otherStatus =
    "db.execute(\"UPDATE record SET collection = '' WHERE id = 'id3'\")"

  @Test(
    "A record that is not what was written is left out and named",
    arguments: [otherText, otherHash, otherStatus])
  func leftOut(_ script: String) async throws {
    let store = try await opened(damagedBy: script)
    #expect(try await store.damagedRecords().isEmpty)
    let listed = try await store.list(where: all, after: nil, limit: 4).map(\.id.text)
    #expect(listed == ["id0", "id1", "id2", "id4"], "a page is full all the same")
    #expect(try await store.get([RecordID("id3")], namespace: all.namespace) == [])
    #expect(
      try await store.damagedRecords() == [DamagedRecord(namespace: "one", id: "id3")])
    let problems = try await SQLiteDatabase.open(at: file).recordCheck()
    #expect(problems.contains { $0.contains("id3 in one") }, "\(problems)")
  }

  @Test("Every page ends, also where all of it is damaged")
  func allDamaged() async throws {
    let store = try await opened(damagedBy: "db.execute(\"UPDATE record SET text = 'x'\")")
    #expect(try await store.list(where: all, after: nil, limit: 4) == [])
    #expect(try await store.damagedRecords().count == 9)
  }

  @Test("A damaged record is replaced and erased, but not changed; its old words find nothing")
  func repaired() async throws {
    let store = try await opened(damagedBy: Self.otherText)
    let id = try RecordID("id3")
    var patch = RecordPatch()
    patch.importance = 5
    let change = RecordChange.patch(id, patch)
    let error = await #expect(throws: LociError.self) {
      try await store.apply([change], in: all.namespace, actor: nil, at: .now)
    }
    #expect(error?.code == .corrupt)
    let new = try Samples.record("id3", "giraffe")
    try await store.apply([.insert(new)], in: all.namespace, actor: nil, at: .now)
    #expect(try await store.get([id], namespace: all.namespace).map(\.text) == ["giraffe"])
    #expect(try await store.damagedRecords().isEmpty)
    let zebras = try await store.search(words: "zebra", limit: 99, where: all).map(\.id.text)
    #expect(zebras.count == 8 && !zebras.contains("id3"))
    #expect(try await store.search(words: "giraffe", limit: 9, where: all).count == 1)

    try await SecondProcess.run(Self.otherText, on: file.path)
    try await store.apply([.delete(id)], in: all.namespace, actor: nil, at: .now)
    #expect(try await store.count(where: all) == 8)
    let log = try await store.audit(all.namespace, record: id, limit: 9).map(\.action)
    #expect(log == [.delete, .update, .add])
  }

  @Test(
    "What the index of words has otherwise than the records is found, and repaired",
    arguments: [
      ("UPDATE word_space SET records = records + 1", "totals"),
      ("UPDATE word_space SET length = 0", "totals"),
      ("DELETE FROM word_space", "not in the index"),
      ("INSERT INTO words (words) VALUES ('delete-all')", "not in the index"),
      ("INSERT INTO words (rowid, text) VALUES (7, 'zebra')", "are not there"),
    ])
  func wrongWords(_ damage: (sql: String, finding: String)) async throws {
    let store = try await SQLiteDatabase.open(at: file)
    try await store.records.apply(
      (0..<9).map { .insert(try Samples.record("id\($0)", "zebra number \($0)")) },
      in: all.namespace, actor: nil, at: .now)
    let before = try await store.records.search(words: "zebra", limit: 9, where: all)
    #expect(try await store.recordCheck() == [])
    try await SecondProcess.run("db.execute(\"\(damage.sql)\")", on: file.path)
    let problems = try await store.recordCheck()
    #expect(problems.contains { $0.contains(damage.finding) }, "\(problems)")
    try await store.repairWords()
    #expect(try await store.recordCheck() == [])
    #expect(try await store.records.search(words: "zebra", limit: 9, where: all) == before)
  }
}
