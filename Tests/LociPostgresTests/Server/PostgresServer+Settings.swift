import Foundation
import LociPostgres
import LociTestKit

extension PostgresServer {
  /// Settings for a store in a schema that nobody else has.
  func settings(_ indexKind: PostgresSettings.IndexKind = .exact) -> PostgresSettings {
    var settings = PostgresSettings(connection: conninfo())
    settings.schema = "test_\(UUID().uuidString.lowercased())"
    settings.indexKind = indexKind
    return settings
  }

  /// The same on connections of a role of its own, for tests that cut them.
  func settings(role: String) async throws -> PostgresSettings {
    try await sql("CREATE ROLE \(role) LOGIN SUPERUSER")
    var settings = settings()
    settings.connection = conninfo(user: role)
    return settings
  }

  /// Ends every connection of a role.
  func cutConnections(of role: String) async throws {
    try await sql(
      "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE usename = '\(role)'")
  }

  /// Runs `body` while another session holds a store's audit log, so that writers wait and readers
  /// do not; or all of another table. `body` may end that before its own end.
  func holding(
    _ settings: PostgresSettings, table: String? = nil,
    _ body: (_ release: () async throws -> Void) async throws -> Void
  ) async throws {
    let schema = settings.schema
    let hold =
      table.map { "LOCK TABLE \"\(schema)\".\($0)" }
      ?? "SELECT * FROM \"\(schema)\".audit_head FOR UPDATE"
    async let session = try? sql("BEGIN; \(hold); SELECT pg_sleep(60) /* \(schema) */;")
    let others =
      "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE '%/* \(schema)%'"
    while try await sql("SELECT count(*) \(others) AND wait_event = 'PgSleep'") == "0" {}
    let release = { _ = try await self.sql("SELECT pg_terminate_backend(pid, 5000) \(others)") }
    do { try await body(release) } catch {
      try await release()
      throw error
    }
    try await release()
    _ = await session
  }
}
