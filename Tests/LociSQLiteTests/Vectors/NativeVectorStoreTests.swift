import Foundation
import LociCore
import LociSQLite
import LociTestKit
import Testing

@Suite("The native vector store") struct NativeVectorStoreTests {
  @Test("It keeps the contract of every vector store", arguments: VectorStoreContract.all)
  func contract(_ promise: Promise<any VectorStore>) async throws {
    let folder = try TemporaryFolder()
    try await promise.check {
      try await SQLiteDatabase.open(at: folder.file("m.sqlite"), vectorsFollowRecords: false)
        .vectors
    }
  }
}
