import LociCore
import Synchronization

/// What a file defines: tables, indexes, triggers, views.
///
/// A file may come from anybody, and its definitions are programs: a trigger runs whenever its
/// table is written, a CHECK and a generated column call functions. So only those are taken that
/// Loci's own migrations make.
struct SchemaObjects {
  private struct Object: Hashable {
    let kind: String
    let name: String
    let table: String
    let sql: String

    /// SQLite's own tables and indexes hold no program.
    var isSQLites: Bool {
      name.hasPrefix("sqlite_") && (kind == "table" || (kind == "index" && sql.isEmpty))
    }
  }

  private let objects: Set<Object>

  /// What a connection's file defines.
  init(of connection: Connection) throws {
    objects = Set(
      try connection.rows("SELECT type, name, tbl_name, sql FROM sqlite_schema") {
        Object(kind: $0.text(0), name: $0.text(1), table: $0.text(2), sql: $0.text(3))
      }.filter { !$0.isSQLites })
  }

  /// Throws ``LociError/Code/corrupt`` where something else is defined than ``expected``.
  func require(_ expected: SchemaObjects, _ path: String) throws(LociError) {
    guard objects != expected.objects else { return }
    let foreign = objects.subtracting(expected.objects).map { "\($0.kind) \($0.name)" }
    let missing = expected.objects.subtracting(objects).map { "\($0.kind) \($0.name)" }
    // By name only: something else is defined under it.
    let changed = Set(foreign).intersection(missing)
    let findings = [
      Self.list(Set(foreign).subtracting(changed), "defines what Loci does not"),
      Self.list(Set(missing).subtracting(changed), "lacks what Loci defines"),
      Self.list(changed, "defines otherwise than Loci does"),
    ]
    throw LociError(
      .corrupt, "The store \(path) \(findings.compactMap(\.self).joined(separator: ", and ")).",
      remedy: "Somebody else made or changed it, and it was left as it is: restore it from a "
        + "backup, or name another file.")
  }

  private static func list(_ names: Set<String>, _ finding: String) -> String? {
    guard !names.isEmpty else { return nil }
    let shown = names.sorted().prefix(5).map { String($0.prefix(80)) }
    let rest = names.count > shown.count ? " and \(names.count - shown.count) more" : ""
    return "\(finding): \(shown.joined(separator: ", "))\(rest)"
  }
}

extension Schema {
  private static let known = Mutex<[String: SchemaObjects]>([:])

  /// Throws ``LociError/Code/corrupt`` where a file of a version defines anything but what the
  /// migrations to that version make.
  func requireOwnDefinitions(
    _ connection: Connection, version: Int, _ sqliteVec: SQLiteVecLibrary?
  ) throws {
    let found = try SchemaObjects(of: connection)
    let tables = sqliteVec == nil || version == 0 ? [] : try SQLiteVecSpace.all(connection)
    guard !tables.isEmpty else {
      return try found.require(definitions(of: version), connection.path)
    }
    let model = try model(of: version)
    try sqliteVec?.load(into: model)
    for table in tables { try table.createTable(model) }
    try found.require(SchemaObjects(of: model), connection.path)
  }

  private func definitions(of version: Int) throws -> SchemaObjects {
    let key = "\(applicationID) \(version)"
    if let known = Self.known.withLock({ $0[key] }) { return known }
    let objects = try SchemaObjects(of: model(of: version))
    Self.known.withLock { $0[key] = objects }
    return objects
  }

  /// An empty database in memory with the definitions of a version.
  private func model(of version: Int) throws -> Connection {
    let connection = try Connection(path: ":memory:", mode: .making, busyTimeoutMilliseconds: 0)
    for migration in migrations where migration.version <= version { try migration.up(connection) }
    return connection
  }
}
