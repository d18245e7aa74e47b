import LociCore

/// The schema's versions, and how a file comes to the one that this Loci knows.
enum Schema {
  /// Every migration, oldest first; each version follows the one before.
  static let migrations: [any Migration.Type] = [
    RecordsMigration.self, WordsMigration.self, VectorsMigration.self, NotesMigration.self,
  ]

  /// The version that this Loci reads and writes.
  static var newest: Int { migrations.count }

  /// Marks the file as Loci's: "Loci" in ASCII, in the header's application id.
  static let applicationID: Int64 = 0x4C6F_6369

  /// Checks that a file is Loci's or empty, without changing it. Complexity: O(1).
  ///
  /// - Returns: Its schema version; 0 for an empty file.
  /// - Throws: ``LociError/Code/corrupt`` for anything else's file,
  ///   ``LociError/Code/newerSchema`` for one that a newer Loci wrote.
  static func check(_ connection: Connection) throws -> Int {
    let version = Int(try connection.integer("PRAGMA user_version"))
    let application = try connection.integer("PRAGMA application_id")
    let isEmpty = try connection.first("SELECT 1 FROM sqlite_schema LIMIT 1") { _ in true } == nil
    guard application == applicationID || (application == 0 && version == 0 && isEmpty) else {
      throw LociError(
        .corrupt, "The file \(connection.path) is an SQLite file, but not one of Loci's.",
        remedy: "Name another file; this one was left as it is.")
    }
    guard version <= newest else {
      throw LociError(
        .newerSchema,
        "The store \(connection.path) has schema \(version); this Loci knows up to \(newest).",
        remedy: "Update Loci; the file was left as it is.")
    }
    return version
  }

  /// Brings a file to a version, up or down, in one transaction.
  static func migrate(_ connection: Connection, to target: Int = newest) throws {
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
