package import LociCore

/// A file that holds vectors in the table `vector`, of whichever kind its index is.
package struct VectorFile: Sendable {
  let pool: ConnectionPool
  /// The entries of a space; nil where the file does not have it.
  let entries: @Sendable (EmbeddingSpace, Connection) throws -> VectorTable?

  /// Lends the entries of a space over one snapshot; nil where the file does not have it.
  func read<T: Sendable>(
    _ space: EmbeddingSpace, _ body: @Sendable (VectorTable) throws -> T
  ) async throws -> T? {
    try await pool.read { try entries(space, $0).map(body) }
  }
}

/// What the vector stores of SQLite files do in the same way; see ``VectorStore``.
package protocol SQLiteVectors: VectorStore {
  /// The file.
  var file: VectorFile { get }
}

extension SQLiteVectors {
  package func spaces() async throws -> [EmbeddingSpace] {
    try await file.pool.read { try StoredSpace.all($0) }
  }

  package func get(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> [VectorEntry] {
    try await file.read(space) { try $0.get(ids, namespace) } ?? []
  }

  package func contentHashes(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> [RecordID: ContentHash] {
    try await file.read(space) { try $0.contentHashes(ids, namespace) } ?? [:]
  }

  package func count(namespace: Namespace, in space: EmbeddingSpace, where filter: Filter)
    async throws -> Int
  {
    try await file.read(space) { try $0.count(in: namespace, where: filter) } ?? 0
  }

  package func scan(
    _ namespace: Namespace, in space: EmbeddingSpace, after cursor: RecordID?, limit: Int
  ) async throws -> [VectorEntry] {
    try Limit.check(limit)
    return try await file.read(space) {
      try $0.scan(namespace, after: cursor, limit: limit)
    } ?? []
  }
}
