import Foundation
import LociCore
import LociPostgres
import LociTestKit
import Testing

@Suite("The PostgreSQL vector store") struct PostgresVectorStoreTests {
  @Test(
    "It keeps the contract of every vector store", arguments: VectorStoreContract.all,
    [PostgresSettings.IndexKind.exact, .hnsw])
  func contract(
    _ promise: Promise<any VectorStore>, _ kind: PostgresSettings.IndexKind
  ) async throws {
    let settings = try await PostgresServer.shared.value.settings(kind)
    let opened = Opened()
    try await promise.check {
      try await opened.open(settings, vectorsFollowRecords: false).vectors
    }
    await opened.close()
  }
}
