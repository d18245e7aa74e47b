import Foundation
import LociCore
import LociSQLite
import LociTestKit
import Testing

@Suite("The sqlite-vec store") struct SQLiteVecStoreTests {
  @Test("It keeps the contract of every vector store", arguments: VectorStoreContract.all)
  func contract(_ promise: Promise<any VectorStore>) async throws {
    let folder = try TemporaryFolder()
    try await promise.check {
      try await SQLiteVecStore.open(
        at: folder.file("v.sqlite"), extension: SQLiteVecStore.library(in: Folders()))
    }
  }
}
