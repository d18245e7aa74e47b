import Foundation
import LociCore
import LociPostgres
import LociTestKit
import Testing

@Suite("The PostgreSQL record store") struct PostgresRecordStoreTests {
  @Test("It keeps the contract of every record store", arguments: RecordStoreContract.all)
  func contract(_ promise: Promise<any RecordStore>) async throws {
    let settings = try await PostgresServer.shared.value.settings()
    let opened = Opened()
    try await promise.check { try await opened.open(settings).records }
    await opened.close()
  }

  @Test("It says what its scores of words are")
  func scoreName() async throws {
    let settings = try await PostgresServer.shared.value.settings()
    let opened = Opened()
    let records = try await opened.open(settings).records
    let record = try Samples.record("a", "green tea")
    try await records.apply(
      [.insert(record)], in: record.namespace, actor: nil, at: record.createdAt)
    let found = try await records.search(words: "tea", limit: 1, where: Samples.everything())
    #expect(found.map(\.scoreName) == ["ts_rank"])
    await opened.close()
  }
}
