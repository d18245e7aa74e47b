import LociCore
import LociSimulation
import LociTestKit
import Testing

@Suite("The simulated stores") struct SimulatedStoreTests {
  @Test("Without faults, the vector store keeps its contract", arguments: VectorStoreContract.all)
  func vectors(_ promise: Promise<any VectorStore>) async throws {
    let disk = SimulatedDisk()
    try await promise.check { SimulatedVectorStore(on: disk) }
  }

  @Test("Without faults, the record store keeps its contract", arguments: RecordStoreContract.all)
  func records(_ promise: Promise<any RecordStore>) async throws {
    let disk = SimulatedDisk()
    try await promise.check { SimulatedRecordStore(on: disk) }
  }

  @Test(
    "Vectors that follow records keep the contract of those",
    arguments: VectorsOfRecordsContract.all)
  func vectorsOfRecords(_ promise: Promise<RecordsWithVectors>) async throws {
    let disk = SimulatedDisk()
    try await promise.check {
      RecordsWithVectors(
        SimulatedRecordStore(on: disk, named: "r"), SimulatedVectorStore(on: disk, following: "r"))
    }
  }
}
