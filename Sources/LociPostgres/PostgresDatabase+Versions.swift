import LociCore

/// A store's schema as such, for moving it between versions.
extension PostgresDatabase {
  /// The schema version that this Loci reads and writes.
  package static var newestVersion: Int { Schema.newest }

  /// Brings a schema up or down to a version; a missing one is made.
  ///
  /// Going down loses what only the newer versions can hold. Nobody else may use it.
  package static func migrate(_ settings: PostgresSettings, to version: Int) async throws {
    let target = try Target(settings.connection)
    let pool = ConnectionPool(settings, target, Surroundings())
    let schema = Schema(session: Session(settings, target), name: settings.schema)
    try await pool.maintain { try schema.migrate($0, to: version) }
    await pool.close()
  }
}
