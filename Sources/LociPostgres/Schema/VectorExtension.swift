import LociCore

/// The extension pgvector in the database.
struct VectorExtension {
  /// The first version whose indexes go on searching until a filter has enough.
  static let oldestVersion = [0, 8]

  private let connection: Connection

  init(_ connection: Connection) { self.connection = connection }

  /// The version in the database; nil where it is not there.
  func version() throws -> String? {
    try connection.first("SELECT extversion FROM pg_extension WHERE extname = 'vector'") {
      $0.text(0)
    }
  }

  /// Makes the extension where it is missing, and checks its version.
  func make() throws {
    if try version() == nil {
      guard
        try connection.first(
          "SELECT 1 FROM pg_available_extensions WHERE name = 'vector'", [], { _ in true }) != nil
      else {
        throw LociError(
          .missingLibrary, "The PostgreSQL server has no pgvector.",
          remedy: "Install pgvector 0.8 or newer there (Debian: postgresql-<version>-pgvector).")
      }
      do {
        // Not in the store's schema: other stores of the database use it, too.
        let hasPublic =
          try connection.first(
            "SELECT 1 FROM pg_namespace WHERE nspname = 'public'", [], { _ in true }) != nil
        try connection.execute(
          "CREATE EXTENSION IF NOT EXISTS vector\(hasPublic ? " SCHEMA public" : "")")
      } catch ConnectionFailure.refused("42501", let message) {
        throw LociError(
          .forbidden, "The PostgreSQL role may not make the extension pgvector.",
          remedy: "Let a superuser run `CREATE EXTENSION vector` in this database once.",
          detail: message)
      }
    }
    try check()
  }

  /// Throws ``LociError/Code/missingLibrary`` where the extension is missing or too old.
  func check() throws {
    guard let version = try version() else {
      throw LociError(
        .missingLibrary, "The database has no pgvector.",
        remedy: "Let a superuser run `CREATE EXTENSION vector` in this database.")
    }
    let numbers = version.split(separator: ".").map { Int($0) ?? 0 }
    guard !numbers.lexicographicallyPrecedes(Self.oldestVersion) else {
      throw LociError(
        .missingLibrary, "The database has pgvector \(version); Loci needs 0.8 or newer.",
        remedy: "Install a newer pgvector, then run `ALTER EXTENSION vector UPDATE`.")
    }
  }
}
