import Foundation
import LociCore
import LociLance
import LociTestKit
import Testing

@Suite("The LanceDB vector store") struct LanceVectorStoreTests {
  @Test("It keeps the contract of every vector store", arguments: VectorStoreContract.all)
  func contract(_ promise: Promise<any VectorStore>) async throws {
    let folder = try TemporaryFolder()
    do {
      try await promise.check { try await Lance.open(folder.file("lance")) }
    } catch let error as LociError {
      Issue.record("\(String(reflecting: error))")
    }
  }
}
