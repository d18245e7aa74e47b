package import Foundation
import LociCore

extension PostgresDatabase {
  /// Writes the schema, as of one moment, in `pg_dump`'s custom format into a file that is there.
  package static func backUp(
    _ settings: PostgresSettings, to path: String, with tools: PostgresTools
  ) async throws {
    try await tools.run(
      "pg_dump",
      [
        "--format=custom", "--no-owner", "--no-privileges", "--schema=\(quoted(settings.schema))",
        "--file=\(path)",
      ], at: settings)
  }

  /// Puts a backup in the place of a schema, and reads all of it. What it takes the place of is
  /// kept as another schema; where anything is wrong, that is put back.
  ///
  /// - Parameters:
  ///   - backup: A file of ``backUp(_:to:with:)``, of a schema of the same name.
  ///   - mark: What the name of the schema that was there gets.
  /// - Returns: How many records there are now, and the schema that is kept.
  /// - Throws: ``LociError/Code/corrupt`` for what is no whole backup; then nothing is changed.
  package static func restore(
    _ backup: URL, to settings: PostgresSettings, mark: String, with tools: PostgresTools
  ) async throws -> (recordCount: Int, kept: String?) {
    guard FileManager.default.fileExists(atPath: backup.path) else {
      throw LociError(.notFound, "There is no backup \(backup.path).")
    }
    do {
      try await tools.run("pg_restore", ["--list", backup.path], at: settings)
    } catch let error as LociError where error.code == .storeEngine {
      throw notWhole(backup, error)
    }
    // Makes the schema where it is missing, and the extension with it.
    let old = try await open(settings)
    let kept = "\(settings.schema.prefix(40))_\(mark.filter(\.isNumber))"
    let isUsed = try await !old.records.namespaces().isEmpty
    try await old.rename(settings.schema, to: kept)
    await old.close()
    do {
      try await tools.run(
        "pg_restore",
        [
          "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
          "--dbname=\(try Target(settings.connection).database)", backup.path,
        ], at: settings)
      let count = try await requireWhole(settings, backup)
      if !isUsed { try await drop(kept, of: settings) }
      return (count, isUsed ? kept : nil)
    } catch {
      try await putBack(kept, as: settings)
      if let error = error as? LociError, error.code == .storeEngine {
        throw notWhole(backup, error)
      }
      throw error
    }
  }

  private static func notWhole(_ backup: URL, _ error: LociError) -> LociError {
    LociError(
      .corrupt, "\(backup.path) can't be restored: pg_restore refuses it.",
      remedy: "Take an older one; pg_restore must be of the server's version or newer.",
      underlying: error)
  }

  private static func requireWhole(_ settings: PostgresSettings, _ backup: URL) async throws -> Int
  {
    // A backup of a schema of another name leaves nothing of this one.
    let database = try await open(settings, access: .reading)
    let problems = try await database.integrityProblems() + database.recordProblems()
    var count = 0
    for namespace in try await database.records.namespaces() {
      count += try await database.records.count(in: namespace, where: Filter(statuses: nil))
    }
    await database.close()
    guard let first = problems.first else { return count }
    throw LociError(
      .corrupt,
      "The backup \(backup.path) is damaged in \(Count.of(problems.count, "place")); the first: "
        + "\(first)", remedy: "Take an older one.")
  }

  private func rename(_ name: String, to other: String) async throws {
    try await maintain { connection in
      try connection.execute(
        "ALTER SCHEMA \(connection.quoted(name)) RENAME TO \(connection.quoted(other))")
    }
  }

  private static func drop(_ name: String, of settings: PostgresSettings) async throws {
    let database = try await open(settings)
    try await database.maintain { connection in
      try connection.execute("DROP SCHEMA IF EXISTS \(connection.quoted(name)) CASCADE")
    }
    await database.close()
  }

  private static func putBack(_ kept: String, as settings: PostgresSettings) async throws {
    var other = settings
    other.schema = kept
    let database = try await open(other)
    try await database.maintain { connection in
      let name = try connection.quoted(settings.schema)
      try connection.execute("DROP SCHEMA IF EXISTS \(name) CASCADE")
      try connection.execute("ALTER SCHEMA \(connection.quoted(kept)) RENAME TO \(name)")
    }
    await database.close()
  }

  /// A name as a pattern of `pg_dump`'s that fits it alone.
  private static func quoted(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }
}
