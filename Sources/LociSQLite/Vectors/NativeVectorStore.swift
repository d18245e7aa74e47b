public import LociCore
import LociIndex

/// Vectors in an SQLite file, searched by an in-process index that follows the file.
///
/// Made by ``SQLiteDatabase``. A search is exact: the index narrows, the stored vectors decide.
public struct NativeVectorStore: VectorStore {
  let pool: ConnectionPool
  let searcher: VectorSearcher
  let followsRecords: Bool

  /// Exact, and in one file with the records.
  public var capabilities: VectorStoreCapabilities {
    VectorStoreCapabilities(
      backend: "native", isExact: true, sharesTransactionsWithRecords: followsRecords)
  }

  /// Makes room for a space; idempotent, also from two tasks or processes at once.
  public func ensure(_ space: EmbeddingSpace) async throws {
    let known = try await pool.read { try StoredSpace.find(space, $0) != nil }
    if known { return }
    try await pool.write { _ = try StoredSpace.ensure(space, $0) }
  }

  /// The spaces that this store holds.
  public func spaces() async throws -> [EmbeddingSpace] {
    try await pool.read { try StoredSpace.all($0) }
  }

  /// The namespaces that hold entries of a space.
  public func namespaces(in space: EmbeddingSpace) async throws -> [Namespace] {
    try await pool.read { connection in
      guard let stored = try StoredSpace.find(space, connection) else { return [] }
      return try connection.rows(
        """
        SELECT DISTINCT namespace FROM vector_partition AS p WHERE space = ?1 AND EXISTS (
          SELECT 1 FROM vector WHERE space = ?1 AND namespace = p.namespace)
        """, [.integer(stored.number)]
      ) { try Namespace($0.text(0)) }
    }
  }

  /// Adds entries, replacing those of the same namespace and id; the last of two wins.
  ///
  /// Where vectors follow records, an entry without its record, or made from another text than the
  /// record has by now, is passed over, and the record's attributes count.
  public func upsert(_ entries: [VectorEntry], in space: EmbeddingSpace) async throws {
    for entry in entries { try entry.vector.requireDimension(space.dimension) }
    guard !entries.isEmpty else { return }
    let followsRecords = followsRecords
    try await pool.write { connection in
      var writer = try VectorWriter(
        StoredSpace.ensure(space, connection), followsRecords: followsRecords, connection)
      try writer.upsert(entries)
    }
  }

  /// Deletes entries; unknown ids are no error. Returns how many there were.
  @discardableResult
  public func delete(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> Int {
    guard !ids.isEmpty else { return 0 }
    return try await pool.write { connection in
      guard let table = try table(space, connection) else { return 0 }
      try connection.execute(
        "DELETE FROM vector WHERE \(VectorTable.named)", try table.names(ids, namespace))
      return connection.changeCount
    }
  }

  /// The entries of the ids that exist, in no particular order.
  public func get(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> [VectorEntry] {
    try await pool.read { try table(space, $0)?.get(ids, namespace) ?? [] }
  }

  /// The content hashes of the ids that exist.
  public func contentHashes(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> [RecordID: ContentHash] {
    try await pool.read { try table(space, $0)?.contentHashes(ids, namespace) ?? [:] }
  }

  private func table(_ space: EmbeddingSpace, _ connection: Connection) throws -> VectorTable? {
    try StoredSpace.find(space, connection).map { stored in
      VectorTable(
        space: stored.number, dimension: space.dimension, components: "vector_components",
        connection)
    }
  }

  /// Loads the index that searches with this filter need, where the file has one space only.
  public func prepare(for filter: Filter) async {
    try? await searcher.prepare(for: filter)
  }

  /// The nearest entries that pass the filter, best first, ties by id; see ``VectorStore``.
  public func search(
    _ query: UnitVector, in space: EmbeddingSpace, limit: Int, where filter: Filter
  ) async throws -> [VectorMatch] {
    try Limit.check(limit)
    try query.requireDimension(space.dimension)
    return try await searcher.search(query, in: space, limit: limit, where: filter)
  }

  /// How many entries pass the filter.
  public func count(in space: EmbeddingSpace, where filter: Filter) async throws -> Int {
    try await pool.read { try table(space, $0)?.count(where: filter) ?? 0 }
  }

  /// A page of a namespace's entries in id order, after `cursor`; empty at the end.
  public func scan(
    _ namespace: Namespace, in space: EmbeddingSpace, after cursor: RecordID?, limit: Int
  ) async throws -> [VectorEntry] {
    try Limit.check(limit)
    return try await pool.read {
      try table(space, $0)?.scan(namespace, after: cursor, limit: limit) ?? []
    }
  }

  /// Makes the codes anew from the stored vectors; every process loads them on its next search.
  public func rebuildIndex(in space: EmbeddingSpace) async throws {
    try await pool.write { connection in
      guard let stored = try StoredSpace.find(space, connection) else { return }
      try VectorWriter(stored, followsRecords: false, connection).requantize()
    }
  }

  /// Gives back room that deleted and replaced entries took. Complexity: O(file).
  public func compact() async throws {
    try await pool.compact { try WordIndex.optimize($0) }
  }
}
