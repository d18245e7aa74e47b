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
}
