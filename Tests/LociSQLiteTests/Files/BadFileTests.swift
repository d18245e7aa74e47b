import Foundation
import LociCore
import LociSQLite
import LociTestKit
import Testing

@Suite("Files on bad days") struct BadFileTests {
  private let folder: TemporaryFolder
  private let file: URL

  init() throws {
    folder = try TemporaryFolder()
    file = folder.file("m.sqlite")
  }

  private func fill(_ count: Int) async throws {
    let database = try await SQLiteDatabase.open(at: file)
    let records = try (0..<count).map { try Samples.record("id\($0)", "zebra number \($0)") }
    try await database.records.apply(
      records.map(RecordChange.insert), in: Namespace("one"), actor: nil, at: .now)
    try await database.vectors.upsert(
      records.map { VectorEntry(of: $0, vector: try Samples.axis(0)) }, in: Samples.space())
    try await database.compact()
  }

  private func expectRefused(_ code: LociError.Code) async throws {
    let before = try Data(contentsOf: file)
    let error = await #expect(throws: LociError.self) { try await SQLiteDatabase.open(at: file) }
    #expect(error?.code == code)
    #expect(error?.remedy != nil)
    #expect(try Data(contentsOf: file) == before)
  }

  @Test(
    "What is no database is refused and left as it is",
    arguments: [
      Data("Dear diary, this is no database.".utf8), Data(repeating: 0, count: 5000),
      Data((0..<9000).map { UInt8(truncatingIfNeeded: $0 &* 31) }),
      Data("SQLite format 3\0".utf8),
    ])
  func noDatabase(_ bytes: Data) async throws {
    try bytes.write(to: file)
    try await expectRefused(.corrupt)
  }

  @Test("Another program's SQLite file is refused and left as it is")
  func anotherProgram() async throws {
    try await SecondProcess.run("db.execute('CREATE TABLE t (a)')", on: file.path)
    try await expectRefused(.corrupt)
  }

  @Test("A truncated file is refused and left as it is", arguments: [0.99, 0.5, 0.1])
  func truncated(_ share: Double) async throws {
    try await fill(500)
    let whole = try Data(contentsOf: file)
    try whole.prefix(Int(Double(whole.count) * share)).write(to: file)
    try await expectRefused(.corrupt)
  }

  @Test("Whatever bytes are changed, every call ends with an answer or an error")
  func tampered() async throws {
    try await fill(300)
    try await Tampering.run(on: file, seed: 31, use: useEverything)
  }

  private func useEverything() async throws {
    let database = try await SQLiteDatabase.open(at: file)
    let all = try Samples.everything()
    _ = try await database.records.list(where: all, after: nil, limit: 999)
    _ = try await database.records.search(words: "zebra 7", limit: 9, where: all)
    _ = try await database.records.audit(all.namespace, record: nil, limit: 999)
    _ = try await database.vectors.search(
      Samples.axis(0), in: Samples.space(), limit: 9, where: all)
    _ = try await database.vectors.scan(
      all.namespace, in: Samples.space(), after: nil, limit: 999)
    try await database.records.apply(
      [.insert(Samples.record("new")), .delete(RecordID("id7"))], in: all.namespace, actor: nil,
      at: .now)
    _ = try await database.integrityCheck()
  }

  @Test("A full disk is reported, nothing is half written, and what was acknowledged is there")
  func diskFull() async throws {
    let database = try await SQLiteDatabase.open(at: file, maximumPageCount: 120)
    let all = try Samples.everything()
    var acknowledged = 0
    var error: (any Error)?
    while error == nil, acknowledged < 10_000 {
      let batch = try (0..<10).map {
        RecordChange.insert(
          try Samples.record("\(acknowledged)-\($0)", String(repeating: "zebra ", count: 50)))
      }
      do {
        try await database.records.apply(batch, in: all.namespace, actor: nil, at: .now)
        acknowledged += batch.count
      } catch let thrown { error = thrown }
    }
    #expect((error as? LociError)?.code == .diskFull)
    #expect(acknowledged > 0)
    for database in [database, try await SQLiteDatabase.open(at: file)] {
      #expect(try await database.records.count(where: all) == acknowledged)
      let found = try await database.records.search(words: "zebra", limit: 9999, where: all)
      #expect(found.count == acknowledged)
      #expect(try await database.integrityCheck() == [])
    }
    let more = try await SQLiteDatabase.open(at: file)
    try await more.records.apply(
      [.insert(Samples.record("room again"))], in: all.namespace, actor: nil, at: .now)
  }

  @Test(
    "A folder that can't be written says so",
    arguments: [
      "/proc/loci-test/m.sqlite", "/proc/m.sqlite",
    ])
  func readOnlyFolder(_ path: String) async throws {
    let error = await #expect(throws: LociError.self) {
      try await SQLiteDatabase.open(at: URL(filePath: path))
    }
    #expect(error?.code == .readOnly)
    #expect(error?.remedy != nil)
  }

  @Test("Errors never show what was remembered")
  func privateErrors() async throws {
    let database = try await SQLiteDatabase.open(at: file)
    let record = try Samples.record("secret-id", "secret text")
    let change = RecordChange.insert(record)
    try await database.records.apply([change], in: record.namespace, actor: nil, at: .now)
    let error = await #expect(throws: LociError.self) {
      try await database.records.apply([change], in: record.namespace, actor: nil, at: .now)
    }
    #expect(error?.code == .conflict)
    #expect(error?.description.contains("secret") == false)
  }
}
