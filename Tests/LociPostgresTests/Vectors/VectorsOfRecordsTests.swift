import LociCore
import LociPostgres
import LociTestKit
import Testing

@Suite("Vectors beside their records in PostgreSQL") struct VectorsOfRecordsTests {
  @Test(
    "They keep the contract of vectors that follow records",
    arguments: VectorsOfRecordsContract.all)
  func contract(_ promise: Promise<RecordsWithVectors>) async throws {
    let settings = try await PostgresServer.shared.value.settings()
    let opened = Opened()
    try await promise.check {
      let database = try await opened.open(settings)
      return RecordsWithVectors(database.records, database.vectors)
    }
    await opened.close()
  }
}
