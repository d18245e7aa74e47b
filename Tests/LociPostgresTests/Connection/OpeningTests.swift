import Foundation
import LociCore
import LociPostgres
import LociTestKit
import Testing

@Suite("Opening a PostgreSQL store on bad days") struct OpeningTests {
  private func refusal(_ settings: PostgresSettings) async throws -> LociError {
    let error = try #require(
      await #expect(throws: LociError.self) { try await PostgresDatabase.open(settings) })
    #expect(error.remedy != nil)
    return error
  }

  @Test("A server that is not there is an error at once")
  func gone() async throws {
    let error = try await refusal(PostgresSettings(connection: "host=/nowhere dbname=x"))
    #expect(error.code == .network)
  }

  @Test("sslmode=require against a server without SSL says so")
  func withoutSSL() async throws {
    let server = try await PostgresServer()
    try await server.sql("ALTER SYSTEM SET listen_addresses = '127.0.0.1'")
    let port = try await server.freePort()
    try await server.sql("ALTER SYSTEM SET port = \(port)")
    try await server.command("restart fast")
    let error = try await refusal(
      PostgresSettings(
        connection: "host=127.0.0.1 port=\(port) dbname=postgres user=loci sslmode=require"))
    #expect(error.code == .network)
    #expect(error.description.contains("does not offer SSL"))
  }

  @Test("A database that does not exist is named")
  func noDatabase() async throws {
    let server = try await PostgresServer.shared.value
    let error = try await refusal(
      PostgresSettings(connection: server.conninfo(database: "nothing")))
    #expect(error.code == .notFound)
    #expect(error.description.contains("nothing"))
  }

  @Test("A schema that is not there is not found when it is to be read, and is not made")
  func noSchema() async throws {
    let server = try await PostgresServer.shared.value
    let settings = server.settings()
    let error = await #expect(throws: LociError.self) {
      try await PostgresDatabase.open(settings, access: .reading)
    }
    #expect(error?.code == .notFound)
    #expect(error?.description.contains(settings.schema) == true)
    let made = "SELECT count(*) FROM pg_namespace WHERE nspname = '\(settings.schema)'"
    #expect(try await server.sql(made) == "0")
  }

  @Test("A role that may not make the schema is told which right it lacks")
  func noRights() async throws {
    let server = try await PostgresServer.shared.value
    try await server.makeRoles()
    var settings = server.settings()
    settings.connection = server.conninfo(user: "weak")
    let error = try await refusal(settings)
    #expect(error.code == .forbidden)
    #expect(error.description.contains("GRANT CREATE ON DATABASE"))
  }

  @Test("A role without rights on a store that is there is told what it may not use")
  func noRightsOnTables() async throws {
    let server = try await PostgresServer.shared.value
    try await server.makeRoles()
    var settings = server.settings()
    await (try PostgresDatabase.open(settings)).close()
    settings.connection = server.conninfo(user: "weak")
    #expect(try await refusal(settings).description.contains("USAGE"))
    try await server.sql(
      """
      GRANT USAGE ON SCHEMA "\(settings.schema)" TO weak;
      GRANT SELECT ON ALL TABLES IN SCHEMA "\(settings.schema)" TO weak;
      """)
    let reader = try await PostgresDatabase.open(settings)
    #expect(try await reader.records.count(where: Samples.everything()) == 0)
    let error = await #expect(throws: LociError.self) {
      try await reader.records.apply(
        [.insert(Samples.record("a"))], in: Namespace("one"), actor: nil, at: .now)
    }
    #expect(error?.code == .forbidden)
    #expect(error?.description.contains("INSERT") == true)
    await reader.close()
  }

  @Test("A role that may not make the extension is told what a superuser must run")
  func noExtensionRight() async throws {
    let server = try await PostgresServer.shared.value
    try await server.makeRoles()
    try await server.sql("CREATE DATABASE bare")
    var settings = server.settings()
    settings.connection = server.conninfo(user: "weak", database: "bare")
    try await server.sql(
      "CREATE SCHEMA \"\(settings.schema)\" AUTHORIZATION weak", database: "bare")
    let error = try await refusal(settings)
    #expect(error.code == .forbidden)
    #expect(error.description.contains("CREATE EXTENSION vector"))
    try await server.sql("CREATE EXTENSION vector", database: "bare")
    await (try PostgresDatabase.open(settings)).close()
  }

  @Test("pgvector that is too old is refused with the way to a newer one")
  func oldExtension() async throws {
    let server = try await PostgresServer.shared.value
    try await server.sql("CREATE DATABASE old")
    try await server.sql("CREATE EXTENSION vector", database: "old")
    try await server.sql(
      "UPDATE pg_extension SET extversion = '0.7.4' WHERE extname = 'vector'", database: "old")
    let error = try await refusal(PostgresSettings(connection: server.conninfo(database: "old")))
    #expect(error.code == .missingLibrary)
    #expect(error.description.contains("0.7.4"))
    #expect(error.remedy?.contains("ALTER EXTENSION vector UPDATE") == true)
  }

  @Test("A server without pgvector is refused with what to install")
  func noExtension() async throws {
    let server = try await PostgresServer(withoutVectors: true)
    let error = try await refusal(server.settings())
    #expect(error.code == .missingLibrary)
    #expect(error.remedy?.contains("pgvector") == true)
  }

  @Test("A role without a connection left is told")
  func tooManyConnections() async throws {
    let server = try await PostgresServer.shared.value
    try await server.sql("CREATE ROLE few LOGIN SUPERUSER")
    var settings = server.settings()
    settings.connection = server.conninfo(user: "few")
    let database = try await PostgresDatabase.open(settings)
    try await server.sql("ALTER ROLE few NOSUPERUSER CONNECTION LIMIT 1")
    let error = try await refusal(settings)
    #expect(error.code == .overloaded)
    await database.close()
  }

  @Test("A schema of a newer Loci is refused and left as it is")
  func newer() async throws {
    let server = try await PostgresServer.shared.value
    let settings = server.settings()
    await (try PostgresDatabase.open(settings)).close()
    try await server.sql("UPDATE \"\(settings.schema)\".schema_version SET version = 99")
    let error = try await refusal(settings)
    #expect(error.code == .newerSchema)
    #expect(
      try await server.sql("SELECT version FROM \"\(settings.schema)\".schema_version") == "99")
  }

  @Test("Settings outside their ranges are refused")
  func ranges() async throws {
    let changes: [(inout PostgresSettings) -> Void] = [
      { $0.poolSize = 0 }, { $0.efSearch = 0 }, { $0.probes = -1 }, { $0.schema = "" },
      { $0.schema = "pg_x" }, { $0.schema = String(repeating: "x", count: 64) },
      { $0.statementTimeout = .zero }, { $0.connectTimeout = .seconds(-1) },
    ]
    for change in changes {
      var settings = PostgresSettings(connection: "host=/nowhere")
      change(&settings)
      let error = await #expect(throws: LociError.self) {
        try await PostgresDatabase.open(settings)
      }
      #expect(error?.code == .invalidConfiguration)
    }
  }

  @Test("A schema's name may hold anything that PostgreSQL can quote")
  func oddSchema() async throws {
    let server = try await PostgresServer.shared.value
    for name in ["Größe \"; DROP", "select", "a.b", "%I $1"] {
      var settings = server.settings()
      settings.schema = name
      let database = try await PostgresDatabase.open(settings)
      try await database.records.apply(
        [.insert(Samples.record("a"))], in: Namespace("one"), actor: nil, at: .now)
      try await database.vectors.upsert(
        [VectorEntry(of: Samples.record("a"), vector: Samples.axis(0))], in: Samples.space())
      #expect(try await database.byteCount() > 0)
      #expect(try await database.integrityProblems() == [])
      await database.close()
    }
  }

  @Test("Versions, size and problems can be asked for")
  func facts() async throws {
    let settings = try await PostgresServer.shared.value.settings()
    let database = try await PostgresDatabase.open(settings)
    let version = try await database.engineVersion()
    #expect(version.contains(/PostgreSQL \d+\.\d+, pgvector 0\.\d+/))
    #expect(try await database.byteCount() > 100_000)
    #expect(try await database.integrityProblems() == [])
    await database.close()
    await #expect(throws: LociError.self) { try await database.engineVersion() }
  }
}
