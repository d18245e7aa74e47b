package import Foundation
import LociCore

/// Another process on the same SQLite file: Python's own SQLite module, which knows nothing of
/// Loci.
package enum SecondProcess {
  /// Runs a script to its end, with the file's path in `sys.argv[1]` and `db` connected to it, each
  /// statement its own transaction. Throws where it fails.
  package static func run(_ script: String, on file: String) async throws {
    try await start(script, on: file)()
  }

  /// Starts a script; the returned closure waits for its end.
  package static func start(
    _ script: String, on file: String
  ) throws -> @Sendable () async throws -> Void {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let opening = """
      import sqlite3, sys, time
      db = sqlite3.connect(sys.argv[1], timeout=10, isolation_level=None)

      """
    process.arguments = ["python3", "-c", opening + script, file]
    let (ends, continuation) = AsyncStream<Int32>.makeStream()
    process.terminationHandler = { continuation.yield($0.terminationStatus) }
    try process.run()
    return {
      for await status in ends {
        guard status == 0 else {
          throw LociError(.io, "A test's second process ended with status \(status).")
        }
        return
      }
    }
  }

  /// Returns once another process holds a file's write lock; the returned closure has it released,
  /// and waits for that process's end.
  package static func holdWriteLock(
    of file: URL
  ) async throws -> @Sendable () async throws -> Void {
    try await hold("BEGIN IMMEDIATE", of: file)
  }

  /// Returns once another process reads a snapshot of a file; see ``holdWriteLock(of:)``.
  package static func holdSnapshot(
    of file: URL
  ) async throws -> @Sendable () async throws -> Void {
    try await hold("BEGIN; SELECT count(*) FROM record", of: file)
  }

  private static func hold(
    _ statements: String, of file: URL
  ) async throws -> @Sendable () async throws -> Void {
    let waiting = file.appendingPathExtension("waiting")
    let held = file.appendingPathExtension("held")
    for mark in [waiting, held] { try Data().write(to: mark) }
    let end = try start(
      """
      import os
      for statement in "\(statements)".split("; "): db.execute(statement).fetchall()
      os.remove(sys.argv[1] + ".waiting")
      while os.path.exists(sys.argv[1] + ".held"): time.sleep(0.01)
      db.execute("COMMIT")
      """, on: file.path)
    while FileManager.default.fileExists(atPath: waiting.path) {
      try await Task.sleep(for: .milliseconds(5))
    }
    return {
      try FileManager.default.removeItem(at: held)
      try await end()
    }
  }
}
