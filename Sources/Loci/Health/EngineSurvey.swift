import Foundation
import LociCore
import LociEmbedding
import LociLance
import LociMemory
import LociPostgres
import LociSQLite

/// Looks for the engines of vector backends and models: where they are, and which versions.
struct EngineSurvey: Sendable {
  let configuration: Configuration
  let folders: Folders

  /// One check for each engine that can be missing; only a missing one that is used is bad.
  ///
  /// - Parameter open: The parts of the memory that was opened; nil where it could not be.
  func checks(of open: OpenParts?) async -> [HealthCheck] {
    let backend = open?.backend
    return [
      installed(
        .sqliteVec, SQLiteVecStore.engineVersion, at: SQLiteVecStore.library(in: folders),
        isUsed: backend == VectorBackend.sqliteVec.rawValue),
      installed(
        .lancedb, LanceVectorStore.engineVersion,
        at: LanceVectorStore.engine(in: folders).appending(path: "python3"),
        isUsed: backend == VectorBackend.lancedb.rawValue),
      await checkServer(of: open), checkInference(),
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

  private func checkInference() -> HealthCheck {
    do {
      return .good("engine", "ONNX Runtime \(try OnnxRuntime.shared().version), telemetry off.")
    } catch {
      return .bad("engine", error)
    }
  }

  /// What is open on a PostgreSQL server: the records' own store, or vectors alone.
  private func server(of open: OpenParts) async throws -> PostgresVectorStore? {
    let own = open.own as? PostgresVectorStore
    guard own == nil, open.backend == VectorBackend.postgres.rawValue else { return own }
    return try await open.serving() as? PostgresVectorStore
  }

  private func checkServer(of open: OpenParts?) async -> HealthCheck {
    let name = VectorBackend.postgres.rawValue
    do {
      if let open, let open = try await server(of: open) {
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
