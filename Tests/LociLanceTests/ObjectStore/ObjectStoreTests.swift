import Foundation
import LociCore
import LociLance
import LociTestKit
import Testing

@Suite("LanceDB on an object store") struct ObjectStoreTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func settings(
    _ server: S3Server, engine: URL = Lance.engine, prefix: String
  ) -> LanceSettings {
    LanceSettings(
      location: "s3://memories/\(prefix)", engine: engine, storageOptions: server.options)
  }

  @Test("It keeps those promises that depend on what is behind it")
  func contract() async throws {
    let server = try S3Server()
    // Those that depend on the store behind; each request to the server takes milliseconds.
    let telling = [
      "A new store", "Ensuring a space", "An entry comes back", "Upserting an id", "Deleting says",
      "Another handle's writes",
    ]
    let promises = VectorStoreContract.all.filter { promise in
      telling.contains { promise.description.hasPrefix($0) }
    }
    try #require(promises.count == telling.count)
    for (number, promise) in promises.enumerated() {
      do {
        try await promise.check {
          try await LanceVectorStore.open(settings(server, prefix: "promise\(number)"))
        }
      } catch {
        Issue.record("\(promise): \(String(reflecting: error))")
      }
    }
  }

  @Test("Another process finds what was written, and both write without losing anything")
  func restart() async throws {
    let server = try S3Server()
    let space = Samples.space()
    let stores = [
      try await LanceVectorStore.open(settings(server, prefix: "shared")),
      try await LanceVectorStore.open(
        settings(server, engine: Lance.ownEngine(in: folder), prefix: "shared")),
    ]
    try await withThrowingTaskGroup { group in
      for number in 0..<20 {
        group.addTask {
          let entry = try Samples.entry("\(number / 2)", Samples.axis(number / 2))
          let error = await Lance.failure {
            try await stores[number % 2].upsert([entry], in: space)
          }
          #expect(error == nil, "\(String(reflecting: error))")
        }
      }
      try await group.waitForAll()
    }
    for store in stores {
      let found = try await store.scan(Namespace("one"), in: space, after: nil, limit: 99)
      #expect(found.map(\.id.text) == (0..<10).map(String.init))
      #expect(store.byteCount == nil)
    }
  }

  @Test("A server that is not there is a network error")
  func unreachable() async throws {
    var settings = LanceSettings(location: "s3://memories/x", engine: Lance.engine)
    settings.storageOptions = [
      "endpoint": "http://127.0.0.1:9", "region": "us-east-1", "allow_http": "true",
      "aws_access_key_id": "test", "aws_secret_access_key": "test",
      "client_max_retries": "1", "retry_timeout": "1s",
    ]
    let store = try await LanceVectorStore.open(settings)
    let error = await Lance.failure { _ = try await store.spaces() }
    #expect(error?.code == .network, "\(String(reflecting: error))")
  }
}
