import Foundation
import LociCore
import LociPostgres
import LociTestKit
import Testing

@Suite("The PostgreSQL record store") struct PostgresRecordStoreTests {
  @Test("It keeps the contract of every record store", arguments: RecordStoreContract.all)
  func contract(_ promise: Promise<any RecordStore>) async throws {
    var settings = try await PostgresServer.shared.value.settings()
    // All promises at once keep a small machine busy; the timeout has tests of its own.
    settings.statementTimeout = .seconds(120)
    let bound = settings
    let opened = Opened()
    try await promise.check { try await opened.open(bound).records }
    await opened.close()
  }
}
