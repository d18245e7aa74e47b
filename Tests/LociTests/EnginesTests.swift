import Foundation
import Loci
import LociEmbedding
import LociSQLite
import LociTestKit
import Testing

/// A missing engine fails this test, so that no run can be green without the real ones. CI shows
/// the lines that it prints.
@Suite("The real engines")
struct EnginesTests {
  @Test("A text goes through the real model into a real file and is recalled by meaning")
  func takePart() async throws {
    let model = try await ModelLibrary().resolve()
    let embedder = try ModelEmbedder(model: model)
    let folder = try TemporaryFolder()
    let database = try await SQLiteDatabase.open(at: folder.url.appending(path: "memory.sqlite"))
    let memory = Memory(records: database.records, vectors: database.vectors) { embedder }
    let bot = try memory.namespace("bot:ada")
    try await bot.remember("Alice prefers tea to coffee")
    try await bot.remember("The train to Lisbon leaves at nine")

    let recall = try await bot.recall("Which beverage does she like?", limit: 1, mode: .semantic)
    #expect(recall.hits.first?.record.text == "Alice prefers tea to coffee")
    print("engine: SQLite \(SQLiteDatabase.engineVersion)")
    print("engine: ONNX Runtime \(try OnnxRuntime.shared().version)")
    print("engine: \(model.space.model), weights \(model.space.revision)")
  }

  @Test("Every backend keeps a text and recalls it by meaning", arguments: VectorBackend.allCases)
  func backends(_ backend: VectorBackend) async throws {
    let folder = try TemporaryFolder()
    var configuration = Configuration()
    configuration.storePath = folder.file("memory.sqlite").path
    configuration.vectorBackend = backend
    if backend == .postgres {
      configuration.storeBackend = .postgres
      configuration.postgresURL = try await PostgresServer.shared.value.conninfo()
      configuration.postgresSchema = "engines_\(UUID().uuidString.prefix(8).lowercased())"
    }
    let memory = try await Memory.open(configuration)
    let bot = try memory.namespace("bot:ada")
    try await bot.remember("Alice prefers tea to coffee")
    try await bot.remember("The train to Lisbon leaves at nine")
    let recall = try await bot.recall("Which beverage does she like?", limit: 1, mode: .semantic)
    #expect(recall.hits.first?.record.text == "Alice prefers tea to coffee")
    let status = try await memory.status()
    #expect(status.side.backend == backend.rawValue)
    let checks = await memory.doctor()
    #expect(checks.allSatisfy { $0.state == .good })
    for check in checks where check.subject == backend.rawValue {
      print("engine: \(check.subject) \(check.finding)")
    }
  }

  @Test("The doctor asks the server that vectors are in, and opens no other schema")
  func doctorAsksWhatIsOpen() async throws {
    let folder = try TemporaryFolder()
    let server = try await PostgresServer.shared.value
    var configuration = Configuration()
    configuration.storePath = folder.file("memory.sqlite").path
    configuration.vectorBackend = .postgres
    configuration.postgresURL = server.conninfo()
    configuration.postgresSchema = "doctor_\(UUID().uuidString.prefix(8).lowercased())"
    let memory = try await Memory.open(configuration)
    let checks = await memory.doctor()
    let check = try #require(checks.first { $0.subject == "postgres" })
    #expect(check.state == .good)
    #expect(check.finding.contains("pgvector"))
    #expect(check.finding.contains("schema \(configuration.postgresSchema)_vectors"))
    let schemas = try await server.sql(
      "SELECT nspname FROM pg_namespace WHERE nspname LIKE '\(configuration.postgresSchema)%'")
    #expect(schemas == "\(configuration.postgresSchema)_vectors")
  }
}
