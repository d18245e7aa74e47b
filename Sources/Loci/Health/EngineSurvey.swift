import Foundation
import LociCore
import LociLance
import LociPostgres
import LociSQLite

/// Looks for the engines of the vector backends: where they are, and which versions.
struct EngineSurvey: Sendable {
  let configuration: Configuration
  let folders: Folders

  /// One check for each engine that can be missing; only a missing one that is used is bad.
  ///
  /// - Parameters:
  ///   - backend: The backend that serves.
  ///   - server: Gives what is open on a PostgreSQL server.
  func checks(
    of backend: String?, on server: () async throws -> PostgresVectorStore?
  ) async -> [HealthCheck] {
    [
      installed(
        .sqliteVec, SQLiteVecStore.engineVersion, at: SQLiteVecStore.library(in: folders),
        isUsed: backend == VectorBackend.sqliteVec.rawValue),
      installed(
        .lancedb, LanceVectorStore.engineVersion,
        at: LanceVectorStore.engine(in: folders).appending(path: "python3"),
        isUsed: backend == VectorBackend.lancedb.rawValue),
      await check(server),
    ]
  }

  private func installed(
    _ backend: VectorBackend, _ version: String, at url: URL, isUsed: Bool
  ) -> HealthCheck {
    let name = backend.rawValue
    if FileManager.default.fileExists(atPath: url.path) {
      return .good(name, "\(version), in \(url.deletingLastPathComponent().path).")
    }
    guard isUsed else { return .good(name, "Not installed, and not used.") }
    return HealthCheck(
      subject: name, state: .bad, finding: "\(version) is not in \(url.path).",
      remedy: "Run `Scripts/setup \(name)`.")
  }

  private func check(_ server: () async throws -> PostgresVectorStore?) async -> HealthCheck {
    let name = VectorBackend.postgres.rawValue
    do {
      if let open = try await server() {
        return .good(name, "\(try await open.engineVersion()), at \(open.location).")
      }
      guard !configuration.postgresURL.isEmpty else {
        return .good(name, "Not configured, and not used.")
      }
      let database = try await PostgresDatabase.open(
        configuration.postgresSettings, access: .reading)
      let version = try await database.engineVersion()
      await database.close()
      return .good(name, "\(version), at \(database.location).")
    } catch let error as LociError where error.code == .notFound {
      return .good(name, "It answers, and nothing of this memory is there.")
    } catch {
      return .bad(name, error)
    }
  }
}
