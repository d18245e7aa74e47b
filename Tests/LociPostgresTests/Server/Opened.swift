import LociCore
import LociPostgres

/// The databases that a test opened, to be closed at its end: connections are few.
actor Opened {
  private var databases: [PostgresDatabase] = []

  func open(
    _ settings: PostgresSettings, vectorsFollowRecords: Bool = true
  ) async throws -> PostgresDatabase {
    let database = try await PostgresDatabase.open(
      settings, vectorsFollowRecords: vectorsFollowRecords)
    databases.append(database)
    return database
  }

  func close() async {
    for database in databases { await database.close() }
    databases = []
  }
}
