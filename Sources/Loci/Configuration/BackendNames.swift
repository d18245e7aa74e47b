/// Where records are kept.
public enum StoreBackend: String, Hashable, Sendable, Codable, CaseIterable {
  /// One SQLite file.
  case sqlite
  /// A PostgreSQL server, which several machines can share.
  case postgres

  /// The vectors that live in the same file or server as the records.
  public var ownVectors: VectorBackend { self == .sqlite ? .native : .postgres }
}

/// Where vectors are searched.
public enum VectorBackend: String, Hashable, Sendable, Codable, CaseIterable {
  /// An index in this process, over an SQLite file.
  case native
  /// sqlite-vec, in an SQLite file of its own.
  case sqliteVec = "sqlite-vec"
  /// LanceDB, in a folder or an object store.
  case lancedb
  /// pgvector, in a PostgreSQL server.
  case postgres
}
