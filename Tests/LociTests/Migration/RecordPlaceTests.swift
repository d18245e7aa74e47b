import Foundation
import Loci
import LociTestKit
import Testing

/// Records stay where they are, whatever a setting says; and there is a way back without the
/// server.
@Suite("Where records are")
struct RecordPlaceTests {
  private let folder: TemporaryFolder
  private let file: Configuration
  private let server: Configuration

  init() async throws {
    folder = try TemporaryFolder()
    var configuration = Configuration()
    configuration.storePath = folder.file("memory.sqlite").path
    file = configuration
    configuration.storeBackend = .postgres
    configuration.postgresURL = try await PostgresServer.shared.value.conninfo()
    configuration.postgresSchema = "place_\(UUID().uuidString.prefix(8).lowercased())"
    server = configuration
  }

  /// The server's settings without the word that records are there.
  private var reachable: Configuration {
    var configuration = server
    configuration.storeBackend = nil
    return configuration
  }

  private func remember(_ text: String, _ configuration: Configuration) async throws {
    try await Memory.open(configuration).namespace("one").remember(text)
  }

  private func texts(_ configuration: Configuration) async throws -> Set<String> {
    Set(try await Memory.open(configuration).namespace("one").list().map(\.text))
  }

  @Test("A setting that names another store moves nothing, and the error names the verb")
  func settingMovesNothing() async throws {
    try await remember("Alice prefers tea", file)
    for access in [StoreAccess.reading, .writing] {
      let error = await #expect(throws: LociError.self) {
        try await Memory.open(server, access: access)
      }
      if access == .writing {
        #expect(error?.code == .conflict)
        #expect(error?.remedy?.contains("loci migrate --to postgres") == true, "\(error as Any)")
      }
    }
    #expect(try await texts(file) == ["Alice prefers tea"])
    try await remember("Bob prefers coffee", file)

    let mover = try await Memory.openToMove(server)
    try await mover.migrate(to: .postgres)
    #expect(try await texts(server).count == 2)
    #expect(try await texts(reachable).count == 2, "a memory remembers where its records are")
    var back = server
    back.storeBackend = .sqlite
    let error = await #expect(throws: LociError.self) { try await Memory.open(back) }
    #expect(error?.code == .conflict)
    #expect(error?.remedy?.contains("loci migrate --to sqlite") == true)
    try await remember("Carol prefers water", server)
    try await Memory.openToMove(back).migrate(to: .sqlite)
    #expect(try await texts(file).count == 3)
  }

  @Test("Without the server, the file serves again, and says what may be missing")
  func abandon() async throws {
    try await remember("Alice prefers tea", file)
    try await Memory.openToMove(reachable).migrate(to: .postgres)
    try await remember("Only on the server", reachable)
    var gone = reachable
    gone.postgresURL = "host=127.0.0.1 port=1 connect_timeout=1"
    await #expect(throws: LociError.self) { try await Memory.open(gone) }
    let report = try await Memory.abandonOtherSide(gone)
    #expect(report.abandoned == ["postgres"])
    #expect(report.recordCount == 1)
    #expect(report.lastChange != nil)
    #expect(try await texts(gone) == ["Alice prefers tea"])
    try await remember("Bob prefers coffee", gone)
    let memory = try await Memory.open(file)
    #expect(try await memory.fsck(repairs: true).allSatisfy(\.isClean))
    let hits = try await memory.namespace("one").recall("tea", mode: .semantic).hits
    #expect(hits.first?.record.text == "Alice prefers tea")
    #expect(try await texts(server).contains("Only on the server"), "nothing there is changed")
    let again = await #expect(throws: LociError.self) { try await Memory.abandonOtherSide(file) }
    #expect(again?.code == .notFound)
  }

  @Test("Vectors in a place that is gone are given up in the same way")
  func abandonVectors() async throws {
    try await remember("Alice prefers tea", file)
    var elsewhere = file
    elsewhere.vectorBackend = .sqliteVec
    elsewhere.vectorPath = folder.file("vectors").path
    try await remember("Bob prefers coffee", elsewhere)
    try FileManager.default.removeItem(at: folder.file("vectors"))
    let report = try await Memory.abandonOtherSide(file)
    #expect(report.abandoned.first?.contains("sqlite-vec") == true)
    let memory = try await Memory.open(file)
    _ = try await memory.fsck(repairs: true)
    #expect(
      try await memory.namespace("one").recall("coffee", mode: .semantic).hits.first?.record.text
        == "Bob prefers coffee")
  }

  @Test("A server that nobody named is not asked, and the error says what is unset")
  func unset() async throws {
    var configuration = file
    configuration.storeBackend = .postgres
    let error = await #expect(throws: LociError.self) { try await Memory.open(configuration) }
    #expect(error?.message.contains("postgres.url is unset") == true, "\(error as Any)")
  }
}
