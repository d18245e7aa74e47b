import LociCore

/// A kind of file: the versions of its schema, and how a file comes to the one that this Loci
/// knows.
struct Schema: Sendable {
  /// What its files hold, for messages.
  let contents: String
  /// Marks its files, in the header's application id.
  let applicationID: Int64
  /// The size of a new file's pages in bytes.
  let pageSize: Int
  /// Every migration, oldest first; each version follows the one before.
  let migrations: [any Migration.Type]

  /// Records, words and native vectors. Marked "Loci" in ASCII.
  static let memory = Schema(
    contents: "memories", applicationID: 0x4C6F_6369, pageSize: 4096,
    migrations: [
      RecordsMigration.self, WordsMigration.self, VectorsMigration.self, NotesMigration.self,
      ContextMigration.self, PublisherMigration.self, PartsMigration.self,
      VersionsMigration.self, OrderMigration.self, WordSpacesMigration.self,
      KeyValuesMigration.self, AuditChainMigration.self, EmbeddedTimeMigration.self,
    ])

  /// Vectors of sqlite-vec. Marked "LocV" in ASCII.
  ///
  /// vec0 reads whole chunks of vectors: from pages of 16 KiB, a search took three quarters of the
  /// time that it took from pages of 4 KiB.
  static let sqliteVec = Schema(
    contents: "vectors of sqlite-vec", applicationID: 0x4C6F_6356, pageSize: 16384,
    migrations: [
      SQLiteVecMigration.self, SQLiteVecSettingsMigration.self, SQLiteVecContextMigration.self,
      SQLiteVecPublisherMigration.self, SQLiteVecPartsMigration.self,
      SQLiteVecEmbeddedTimeMigration.self,
    ])

  /// The version that this Loci reads and writes.
  var newest: Int { migrations.count }

  /// Checks that a file is of this kind or empty, without changing it. Complexity: O(1).
  ///
  /// - Returns: Its schema version; 0 for an empty file.
  /// - Throws: ``LociError/Code/corrupt`` for anything else's file,
  ///   ``LociError/Code/newerSchema`` for one that a newer Loci wrote.
  func check(_ connection: Connection) throws -> Int {
    let version = Int(try connection.integer("PRAGMA user_version"))
    guard version >= 0 else { throw foreign(connection.path, nil) }
    let application = try connection.integer("PRAGMA application_id")
    let isEmpty = try connection.first("SELECT 1 FROM sqlite_schema LIMIT 1") { _ in true } == nil
    guard application == applicationID || (application == 0 && version == 0 && isEmpty) else {
      throw foreign(connection.path, application)
    }
    guard version <= newest else {
      throw LociError(
        .newerSchema,
        "The store \(connection.path) has schema \(version); this Loci knows up to \(newest).",
        remedy: "Update Loci; the file was left as it is.")
    }
    return version
  }

  private func foreign(_ path: String, _ application: Int64?) -> LociError {
    let other = [Schema.memory, .sqliteVec].first { $0.applicationID == application }
    let found = other.map { "one of Loci's, but it holds \($0.contents), not \(contents)" }
    return LociError(
      .corrupt, "The file \(path) is \(found ?? "an SQLite file, but not one of Loci's").",
      remedy: "Name another file; this one was left as it is.")
  }

  /// Brings a file to a version, up or down, in one transaction.
  func migrate(_ connection: Connection, to target: Int) throws {
    try connection.write { connection in
      // Read again under the lock: another process may have migrated meanwhile.
      let version = try check(connection)
      for migration in migrations where migration.version > version {
        guard migration.version <= target else { break }
        try migration.up(connection)
      }
      for migration in migrations.reversed() where migration.version > target {
        guard migration.version <= version else { continue }
        try migration.down(connection)
      }
      // PRAGMA takes no bound values; both are our own integers.
      try connection.execute("PRAGMA application_id = \(applicationID)")
      try connection.execute("PRAGMA user_version = \(target)")
    }
  }
}
