import Foundation
import LociCore
import LociSQLite
import LociTestKit
import Testing

@Suite("A second process on the same file") struct SecondProcessTests {
  private let folder: TemporaryFolder
  private let file: URL
  private let all: Scope

  init() throws {
    folder = try TemporaryFolder()
    file = folder.file("m.sqlite")
    all = try Samples.everything()
  }

  private static func insertion(_ id: String) -> String {
    """
    db.execute("INSERT INTO record (namespace, id, collection, status, content_hash, importance,"
      " confidence, created_at, updated_at, access_count, metadata, text)"
      " VALUES ('one', ?, 'memories', 'active', zeroblob(32), 3, 1, 0, 0, 0, '{}', 'text')",
      (\(id),))
    """
  }

  @Test("Both write at once, and nothing is lost")
  func bothWrite() async throws {
    let database = try await SQLiteDatabase.open(at: file)
    let script = "for i in range(200):\n" + Self.insertion("f'other{i}'").indented
    let end = try SecondProcess.start(script, on: file.path)
    for index in 0..<200 {
      try await database.records.apply(
        [.insert(Samples.record("own\(index)"))], in: all.namespace, actor: nil, at: .now)
    }
    try await end()
    #expect(try await database.records.count(where: all) == 400)
    #expect(try await database.integrityCheck() == [])
  }

  @Test("What the other erases or hides is gone from a search that knew it")
  func otherErases() async throws {
    let database = try await SQLiteDatabase.open(at: file)
    let records = try (0..<4).map { try Samples.record("\($0)") }
    try await database.records.apply(
      records.map(RecordChange.insert), in: all.namespace, actor: nil, at: .now)
    try await database.vectors.upsert(
      records.map { VectorEntry(of: $0, vector: try Samples.axis(0)) }, in: Samples.space())
    let active = Scope(namespace: all.namespace)
    func found() async throws -> [String] {
      try await database.vectors.search(
        Samples.axis(0), in: Samples.space(), limit: 9, where: active
      ).map(\.id.text)
    }
    #expect(try await found() == ["0", "1", "2", "3"])
    try await SecondProcess.run(
      """
      db.execute("DELETE FROM record WHERE id = '0'")
      db.execute("UPDATE record SET status = 'forgotten' WHERE id = '1'")
      db.execute("UPDATE record SET text = 'x', content_hash = zeroblob(32) WHERE id = '2'")
      """, on: file.path)
    #expect(try await found() == ["3"])
    #expect(try await database.vectors.count(in: Samples.space(), where: all) == 2)
  }

  @Test("Scrubbing says so while somebody reads what only the log still holds")
  func scrubbing() async throws {
    let database = try await SQLiteDatabase.open(at: file, busyTimeoutMilliseconds: 50)
    try await database.records.apply(
      [.insert(Samples.record("a"))], in: all.namespace, actor: nil, at: .now)
    let release = try await SecondProcess.holdSnapshot(of: file)
    let error = await #expect(throws: LociError.self) { try await database.scrub() }
    #expect(error?.code == .busy)
    try await release()
    try await database.scrub()
  }

  @Test("A write waits for the other's, and gives up with a clear error after the time allowed")
  func busy() async throws {
    let patient = try await SQLiteDatabase.open(at: file)
    let hasty = try await SQLiteDatabase.open(at: file, busyTimeoutMilliseconds: 50)
    let release = try await SecondProcess.holdWriteLock(of: file)
    let error = await #expect(throws: LociError.self) {
      try await hasty.records.apply(
        [.insert(Samples.record("a"))], in: all.namespace, actor: nil, at: .now)
    }
    #expect(error?.code == .busy)
    #expect(try await hasty.records.count(where: all) == 0, "a read never waits")
    async let waiting = patient.records.apply(
      [.insert(Samples.record("b"))], in: all.namespace, actor: nil, at: .now)
    try await release()
    _ = try await waiting
    #expect(try await patient.records.count(where: all) == 1)
  }

  @Test("Codes of another version are made anew from the vectors")
  func otherCodes() async throws {
    var generator = SeededGenerator(seed: 8)
    let entries = try (0..<50).map {
      try Samples.entry("id\($0)", Samples.vector(using: &generator))
    }
    let space = Samples.space()
    let first = try await SQLiteDatabase.open(at: file, vectorsFollowRecords: false)
    try await first.vectors.upsert(entries, in: space)
    let before = try await first.vectors.search(
      entries[7].vector, in: space, limit: 9, where: all)
    try await SecondProcess.run(
      """
      db.execute("UPDATE vector_code SET code = zeroblob(3)")
      db.execute("UPDATE space SET code_version = 0")
      """, on: file.path)
    let second = try await SQLiteDatabase.open(at: file, vectorsFollowRecords: false)
    let after = try await second.vectors.search(
      entries[7].vector, in: space, limit: 9, where: all)
    #expect(after == before)
  }
}

extension String {
  fileprivate var indented: String {
    split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
  }
}
