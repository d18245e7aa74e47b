import LociCore

/// The schema's versions, and how a database comes to the one that this Loci knows.
struct Schema {
  /// Every migration, oldest first; each version follows the one before.
  static let migrations: [any Migration.Type] = [
    RecordsMigration.self, WordsMigration.self, VectorsMigration.self, NotesMigration.self,
    WordPartsMigration.self, ContextMigration.self, PublisherMigration.self,
    PartsMigration.self, VersionsMigration.self, OrderMigration.self, WordTotalsMigration.self,
    KeyValuesMigration.self, AuditChainMigration.self, EmbeddedTimeMigration.self,
  ]

  /// The version that this Loci reads and writes.
  static var newest: Int { migrations.count }

  /// Held by whoever changes a store's tables in this database: "Loci" in ASCII.
  static let lock = "SELECT pg_advisory_xact_lock(x'4C6F6369'::bigint)"

  let session: Session
  let name: String

  /// The version of the schema; 0 where there is none.
  ///
  /// - Throws: ``LociError/Code/newerSchema`` for one that a newer Loci wrote.
  func version(_ connection: Connection) throws -> Int {
    let exists = "SELECT 1 FROM pg_tables WHERE schemaname = $1 AND tablename = 'schema_version'"
    guard try connection.first(exists, [.text(name)], { _ in true }) != nil else { return 0 }
    let version = Int(
      try connection.integer("SELECT version FROM \(connection.quoted(name)).schema_version"))
    guard version <= Self.newest else {
      throw LociError(
        .newerSchema,
        "The store's schema \(name) has version \(version); this Loci knows up to \(Self.newest).",
        remedy: "Update Loci; the store was left as it is.")
    }
    return version
  }

  /// Brings the schema to a version, up or down, one transaction a step.
  func migrate(_ connection: Connection, to target: Int = newest) throws {
    try connection.write(prepare)
    try session.setUp(connection)
    while try connection.write({ try step($0, to: target) }) {}
  }

  /// Makes the schema, its version and the extension, where they are missing.
  private func prepare(_ connection: Connection) throws {
    try connection.execute(Self.lock)
    let quoted = try connection.quoted(name)
    let exists = "SELECT 1 FROM pg_namespace WHERE nspname = $1"
    if try connection.first(exists, [.text(name)], { _ in true }) == nil {
      try make(quoted, connection)
    }
    if try version(connection) == 0 {
      try connection.execute(
        "CREATE TABLE IF NOT EXISTS \(quoted).schema_version (version bigint NOT NULL)")
      try connection.execute(
        """
        INSERT INTO \(quoted).schema_version (version)
        SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM \(quoted).schema_version)
        """)
    }
    try VectorExtension(connection).make()
  }

  private func make(_ quoted: String, _ connection: Connection) throws {
    do {
      try connection.execute("CREATE SCHEMA \(quoted)")
    } catch ConnectionFailure.refused("42501", let message) {
      throw LociError(
        .forbidden, "The PostgreSQL role may not make the schema \(name).",
        remedy: """
          Let the database's owner run `GRANT CREATE ON DATABASE … TO …`, or `CREATE SCHEMA \
          \(quoted) AUTHORIZATION …`, with the role's name.
          """, detail: message)
    }
  }

  /// Goes one step; false where the schema is at the target.
  private func step(_ connection: Connection, to target: Int) throws -> Bool {
    try connection.execute(Self.lock)
    // Read under the lock: another process may have migrated meanwhile.
    let version = try version(connection)
    guard version != target else { return false }
    let isUp = version < target
    let migration = Self.migrations[isUp ? version : version - 1]
    if !isUp { try migration.undo(connection) }
    try connection.executeScript(isUp ? migration.up : migration.down)
    if isUp { try migration.finish(connection) }
    try connection.execute(
      "UPDATE schema_version SET version = $1",
      [.integer(Int64(isUp ? migration.version : migration.version - 1))])
    return true
  }
}
