import Foundation
import LociCore
import LociSQLite
import LociTestKit
import Testing

@Suite("The SQLite record store") struct SQLiteRecordStoreTests {
  @Test("It keeps the contract of every record store", arguments: RecordStoreContract.all)
  func contract(_ promise: Promise<any RecordStore>) async throws {
    let folder = try TemporaryFolder()
    try await promise.check {
      try await SQLiteDatabase.open(at: folder.file("m.sqlite")).records
    }
  }

  @Test("It says what its scores of words are")
  func scoreName() async throws {
    let folder = try TemporaryFolder()
    let records = try await SQLiteDatabase.open(at: folder.file("m.sqlite")).records
    let record = try Samples.record("a", "green tea")
    try await records.apply(
      [.insert(record)], in: record.namespace, actor: nil, at: record.createdAt)
    let found = try await records.search(words: "tea", limit: 1, where: Samples.everything())
    #expect(found.map(\.scoreName) == ["bm25"])
  }
}
