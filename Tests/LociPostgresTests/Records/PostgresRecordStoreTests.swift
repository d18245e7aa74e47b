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
}
