public import LociCore

/// A schema of a PostgreSQL database that remembers: records, audit log, words and vectors.
///
/// Any number of processes and machines may use it at once.
public final class PostgresDatabase: Sendable {
  /// Host, port, database and schema; no user and no password.
  public var location: String { vectors.location }
  /// Records, their audit log and their words.
  public let records: PostgresRecordStore
  /// Vectors of any number of spaces.
  public let vectors: PostgresVectorStore
  private let pool: ConnectionPool
  private let schema: Schema

  private init(
    location: String, pool: ConnectionPool, schema: Schema, settings: PostgresSettings,
    vectorsFollowRecords: Bool, surroundings: Surroundings
  ) {
    self.pool = pool
    self.schema = schema
    records = PostgresRecordStore(pool: pool)
    vectors = PostgresVectorStore(
      location: location, pool: pool, followsRecords: vectorsFollowRecords, settings: settings,
      spaceCache: SpaceCache(surroundings))
  }

  /// Opens a store, makes it where there is none, and brings its schema up to date.
  ///
  /// The first use makes a schema, its tables and the extension pgvector. The role needs the right
  /// to do that, once: `CREATE` on the database, and for the extension a superuser's, who may also
  /// make it beforehand.
  /// - Parameters:
  ///   - settings: Where the store is, and how it is used.
  ///   - access: What for; reading makes nothing, and a missing schema is `notFound` then.
  ///   - vectorsFollowRecords: Whether a vector needs a record of its id and content hash in this
  ///     schema, and takes its attributes from it. Switch it off for a schema of vectors only.
  ///   - surroundings: The clock and the waiting.
  /// - Throws: ``LociError`` with the code `invalidConfiguration`, `network`, `forbidden`,
  ///   `notFound`, `missingLibrary`, `newerSchema` or `timedOut`; none shows the password.
  public static func open(
    _ settings: PostgresSettings, access: StoreAccess = .writing,
    vectorsFollowRecords: Bool = true, surroundings: Surroundings = Surroundings()
  ) async throws -> PostgresDatabase {
    try settings.validate()
    let target = try Target(settings.connection)
    let pool = ConnectionPool(settings, target, surroundings)
    let schema = Schema(session: Session(settings, target), name: settings.schema)
    let location = try await pool.maintain { connection in
      let version = try schema.version(connection)
      if access == .reading, version == 0 {
        throw LociError.noStore(at: "\(connection.location), schema \(settings.schema)")
      }
      if version != Schema.newest { try schema.migrate(connection) }
      try VectorExtension(connection).check()
      try WordIndex.update(connection)
      return connection.location
    }
    return PostgresDatabase(
      location: "\(location), schema \(settings.schema)", pool: pool, schema: schema,
      settings: settings, vectorsFollowRecords: vectorsFollowRecords, surroundings: surroundings)
  }

  /// The versions of the server and of pgvector, e.g. `PostgreSQL 18.4, pgvector 0.8.5`.
  public func engineVersion() async throws -> String { try await vectors.engineVersion() }

  /// The bytes that the schema takes on the server's disk, indexes included.
  public func byteCount() async throws -> Int {
    try await pool.integer(
      """
      SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class AS c
      JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relkind = 'r'
      """, [.text(schema.name)])
  }

  /// What is wrong with the schema, a sentence each; empty where all is well.
  public func integrityProblems() async throws -> [String] {
    let schema = schema
    return try await pool.maintain { try IntegrityCheck(schema: schema).problems($0) }
  }

  /// Reads every record; returns which are not what was written, and which totals of words are
  /// wrong, a sentence each; empty where all is well. Complexity: O(size of all texts).
  public func recordProblems() async throws -> [String] {
    try await records.findDamage().map {
      "The record \($0.id) in \($0.namespace) is not what was written."
    } + pool.read { try WordTotals.problems($0) }
  }

  /// Counts what is there anew, so that the server plans well; nobody waits for it.
  public func analyze() async throws { try await vectors.analyze() }

  /// Counts the words of all namespaces anew. Writers wait meanwhile. Complexity: O(records).
  public func repairWords() async throws {
    try await pool.write(.repeatable) { try WordTotals.recountAll($0) }
  }

  /// Writes every table anew, so that they hold what is there and nothing else; each is locked
  /// meanwhile.
  ///
  /// - Returns: What may still hold what was deleted and is the server's.
  public func scrub() async throws -> [String] { try await vectors.scrub() }

  /// Lends a connection to whoever tends the schemas.
  func maintain(_ body: @escaping @Sendable (Connection) throws -> Void) async throws {
    try await pool.maintain(body)
  }

  /// Closes the connections. Calls after this fail.
  public func close() async { await pool.close() }
}

extension PostgresVectorStore {
  /// The versions of the server and of pgvector; see ``PostgresDatabase/engineVersion()``.
  public func engineVersion() async throws -> String {
    try await pool.read { connection in
      let server =
        try connection.first("SELECT current_setting('server_version')") { $0.text(0) } ?? "?"
      let vector = try VectorExtension(connection).version() ?? "?"
      return "PostgreSQL \(server), pgvector \(vector)"
    }
  }
}
