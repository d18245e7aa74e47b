#if PostgreSQL
  import Foundation
  import LociCore
  import LociMemory
  import LociPostgres

  extension StoreBackend {
    /// A PostgreSQL server, which several machines can share.
    public static let postgres = StoreBackend("postgres")
  }

  extension VectorBackend {
    /// pgvector, in a PostgreSQL server.
    public static let postgres = VectorBackend("postgres")
  }

  /// A schema on a PostgreSQL server, with pgvector's vectors in it.
  struct PostgresStore: StoreEngine {
    let backend = StoreBackend.postgres

    func open(_ opening: Opening) async throws -> OpenStore {
      let database = try await PostgresDatabase.open(
        opening.configuration.requiredPostgresSettings(), access: opening.access)
      return OpenStore(
        name: backend.rawValue, records: database.records,
        ownBackend: VectorBackend.postgres.rawValue, ownVectors: database.vectors,
        care: PostgresCare(
          database: database, settings: try opening.configuration.requiredPostgresSettings(),
          tools: opening.postgresTools))
    }

    let backupEnding = PostgresCare.ending

    func restore(_ backup: URL, _ opening: Opening, mark: String) async throws -> RestoreReport {
      let restored = try await PostgresDatabase.restore(
        backup, to: opening.configuration.requiredPostgresSettings(), mark: mark,
        with: opening.postgresTools)
      return RestoreReport(
        backup: backup, recordCount: restored.recordCount,
        kept: restored.kept.map { "schema \($0)" })
    }
  }

  extension Opening {
    fileprivate var postgresTools: PostgresTools {
      PostgresTools(environment: ProcessInfo.processInfo.environment, engines: folders.engines)
    }
  }

  /// A schema of vectors only; the settings are those of both.
  struct PostgresVectors: VectorEngine {
    let backend = VectorBackend.postgres
    let place = VectorPlace.server

    var settings: [Setting] {
      [
        .secret(
          "postgres.url", "LOCI_POSTGRES_URL", \.postgresURL,
          "How to reach PostgreSQL: postgresql://user@host/database, or libpq's key=value words; "
            + "what it leaves out, PG* variables and ~/.pgpass say."),
        .text(
          "postgres.schema", "LOCI_POSTGRES_SCHEMA", \.postgresSchema,
          "The schema that holds Loci's tables, so that several memories can share a database.",
          expected: "a name of 1 to 63 bytes"
        ) { !$0.isEmpty && $0.utf8.count <= 63 },
        .choice(
          "postgres.index", "LOCI_POSTGRES_INDEX", \.postgresIndexName,
          "pgvector's index.", of: PostgresSettings.IndexKind.allCases.map(\.rawValue)),
      ]
    }

    func open(_ opening: Opening, in location: String?) async throws -> any VectorStore {
      var settings = try opening.configuration.requiredPostgresSettings()
      // Records are elsewhere, so these vectors must not wait for them.
      settings.schema += "_vectors"
      return try await PostgresDatabase.open(
        settings, access: opening.access, vectorsFollowRecords: false
      ).vectors
    }

    func check(_ examination: Examination) async -> HealthCheck? {
      let name = backend.rawValue
      do {
        if let open = try await server(examination) {
          return .good(name, "\(try await open.engineVersion()), at \(open.location).")
        }
        guard !examination.configuration.postgresURL.isEmpty else {
          return .good(name, "Not configured, and not used.")
        }
        let database = try await PostgresDatabase.open(
          examination.configuration.postgresSettings, access: .reading)
        let version = try await database.engineVersion()
        await database.close()
        return .good(name, "\(version), at \(database.location).")
      } catch let error as LociError where error.code == .notFound {
        return .good(name, "It answers, and nothing of this memory is there.")
      } catch {
        return .bad(name, error)
      }
    }

    /// What is open on a server: the records' own store, or vectors alone.
    private func server(_ examination: Examination) async throws -> PostgresVectorStore? {
      if let own = examination.open?.own as? PostgresVectorStore { return own }
      guard examination.isServing(backend) else { return nil }
      return try await examination.open?.serving() as? PostgresVectorStore
    }
  }

  /// A server's schema as a store.
  private struct PostgresCare: StoreCare {
    static let ending = "dump"

    let database: PostgresDatabase
    let settings: PostgresSettings
    let tools: PostgresTools

    var backupEnding: String { Self.ending }
    func backUp(to path: String) async throws {
      try await PostgresDatabase.backUp(settings, to: path, with: tools)
    }
    var location: String { database.location }
    var engine: String { get async throws { try await database.engineVersion() } }
    var byteCount: Int64? { get async throws { Int64(try await database.byteCount()) } }
    func problems() async throws -> [String] {
      try await database.integrityProblems() + database.recordProblems()
    }
    func repairWords() async throws { try await database.repairWords() }
    func scrub() async throws -> [String] { try await database.scrub() }
    func optimize() async throws { try await database.analyze() }
  }

  extension Configuration {
    /// Without a word of the user's no server is asked, not even the one on this machine.
    fileprivate func requiredPostgresSettings() throws(LociError) -> PostgresSettings {
      let variables = ["PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE"]
      let environment = ProcessInfo.processInfo.environment
      guard !postgresURL.isEmpty || variables.contains(where: { environment[$0] != nil }) else {
        throw LociError(
          .invalidConfiguration, "PostgreSQL is to be used, and postgres.url is unset.",
          remedy: "Set it in your own loci.toml, or LOCI_POSTGRES_URL: postgresql://user@host/db.")
      }
      return postgresSettings
    }

    fileprivate var postgresSettings: PostgresSettings {
      var settings = PostgresSettings(connection: postgresURL)
      settings.schema = postgresSchema
      settings.indexKind = postgresIndex
      return settings
    }

    /// As files write it; the setting has checked that it is one.
    fileprivate var postgresIndexName: String {
      get { postgresIndex.rawValue }
      set { postgresIndex = PostgresSettings.IndexKind(rawValue: newValue) ?? postgresIndex }
    }
  }
#endif
