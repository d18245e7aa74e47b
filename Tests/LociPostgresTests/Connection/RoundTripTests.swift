import LociCore
import LociPostgres
import LociTestKit
import Testing

/// One statement, one answer: a caller stays for the answer of a quick one, and is woken for that
/// of a slow one.
@Suite("Calls of one round trip") struct RoundTripTests {
  private let space = Samples.space()
  private let namespace: Namespace
  private let opened = Opened()

  init() throws { namespace = try Namespace("one") }

  /// A store of ten vectors.
  private func filled(_ settings: PostgresSettings) async throws -> PostgresVectorStore {
    let store = try await opened.open(settings, vectorsFollowRecords: false).vectors
    try await store.upsert(
      (0..<10).map { try Samples.entry("\($0)", Samples.axis($0)) }, in: space)
    return store
  }

  private func delete(_ id: String, from store: PostgresVectorStore) async throws -> Int {
    try await store.delete([RecordID(id)], namespace: namespace, in: space)
  }

  @Test("Of many at once, each gets its own answer")
  func many() async throws {
    let store = try await filled(PostgresServer.shared.value.settings())
    try await withThrowingTaskGroup(of: Void.self) { group in
      for call in 0..<400 {
        group.addTask {
          let id = try RecordID("\(call % 12)")
          let found = try await store.get([id], namespace: namespace, in: space)
          #expect(found.map(\.id) == (call % 12 < 10 ? [id] : []))
        }
      }
      try await group.waitForAll()
    }
    await opened.close()
  }

  @Test("A statement that waits for longer than its caller stays is answered in the end")
  func waiting() async throws {
    let server = try await PostgresServer.shared.value
    let settings = server.settings()
    let store = try await filled(settings)
    try await server.holding(settings, table: "vector_\(space.key)") { release in
      async let deleted = delete("3", from: store)
      try await Task.sleep(for: .milliseconds(100))
      try await release()
      #expect(try await deleted == 1)
    }
    #expect(try await delete("3", from: store) == 0)
    await opened.close()
  }

  @Test("A statement whose connection is cut is run on another one, whoever waits")
  func cut() async throws {
    let server = try await PostgresServer.shared.value
    let settings = try await server.settings(role: "severed")
    let store = try await filled(settings)
    for round in 0..<5 {
      try await server.cutConnections(of: "severed")
      #expect(try await delete("\(round)", from: store) == 1)
    }
    try await server.holding(settings, table: "vector_\(space.key)") { release in
      async let deleted = delete("7", from: store)
      try await Task.sleep(for: .milliseconds(100))
      try await server.cutConnections(of: "severed")
      try await release()
      #expect(try await deleted == 1)
    }
    await opened.close()
  }

  @Test("A cancelled statement ends at once, deletes nothing, and leaves its connection good")
  func cancelled() async throws {
    let server = try await PostgresServer.shared.value
    var settings = server.settings()
    settings.poolSize = 1
    let store = try await filled(settings)
    try await server.holding(settings, table: "vector_\(space.key)") { _ in
      let call = Task { try await delete("3", from: store) }
      try await Task.sleep(for: .milliseconds(100))
      call.cancel()
      await #expect(throws: CancellationError.self) { try await call.value }
    }
    #expect(try await delete("3", from: store) == 1)
    await opened.close()
  }

  @Test("A statement beyond its time is an error, and so is one that the server refuses")
  func refused() async throws {
    let server = try await PostgresServer.shared.value
    var settings = server.settings()
    let store = try await filled(settings)
    let table = "vector_\(space.key)"
    settings.statementTimeout = .milliseconds(200)
    let hasty = try await opened.open(settings, vectorsFollowRecords: false).vectors
    try await server.holding(settings, table: table) { _ in
      let late = await #expect(throws: LociError.self) { try await delete("3", from: hasty) }
      #expect(late?.code == .timedOut)
    }
    #expect(try await delete("3", from: store) == 1)
    try await server.sql("ALTER TABLE \"\(settings.schema)\".\(table) RENAME TO elsewhere")
    let gone = await #expect(throws: LociError.self) { try await delete("4", from: store) }
    #expect(gone != nil)
    try await server.sql("ALTER TABLE \"\(settings.schema)\".elsewhere RENAME TO \(table)")
    #expect(try await delete("4", from: store) == 1)
    await opened.close()
  }
}
