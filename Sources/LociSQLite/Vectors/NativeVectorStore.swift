package import LociCore
import LociIndex
import LociSQL

/// Vectors in an SQLite file, searched by an in-process index that follows the file.
///
/// Made by ``SQLiteDatabase``. A search is exact: the index narrows, the stored vectors decide.
package struct NativeVectorStore: SQLiteVectors {
  package let file: VectorFile
  private let searcher: VectorSearcher
  private let followsRecords: Bool

  private var pool: ConnectionPool { file.pool }

  init(_ pool: ConnectionPool, _ settings: ConnectionSettings, followsRecords: Bool) {
    file = VectorFile(pool: pool) { space, connection in
      try StoredSpace.find(space, connection).map { stored in
        VectorTable(
          space: stored.number, dimension: space.dimension, components: "vector_components",
          connection)
      }
    }
    searcher = VectorSearcher(settings)
    self.followsRecords = followsRecords
  }

  /// Exact, and in one file with the records.
  package var capabilities: VectorStoreCapabilities {
    VectorStoreCapabilities(
      backend: "native", isExact: true, sharesTransactionsWithRecords: followsRecords)
  }

  /// Makes room for a space; idempotent, also from two tasks or processes at once.
  package func ensure(_ space: EmbeddingSpace) async throws {
    let known = try await pool.read { try StoredSpace.find(space, $0) != nil }
    if known { return }
    try await pool.write { _ = try StoredSpace.ensure(space, $0) }
  }

  /// The namespaces that hold entries of a space.
  package func namespaces(in space: EmbeddingSpace) async throws -> [Namespace] {
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
  package func upsert(_ entries: [VectorEntry], in space: EmbeddingSpace) async throws {
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
  package func delete(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> Int {
    guard !ids.isEmpty else { return 0 }
    return try await pool.write { connection in
      guard let table = try file.entries(space, connection) else { return 0 }
      try connection.execute(
        "DELETE FROM vector WHERE \(VectorTable.named)", try table.names(ids, namespace))
      return connection.changeCount
    }
  }

  /// Loads the index that searches with this filter need, where the file has one space only.
  package func prepare(namespace: Namespace, where filter: Filter) async {
    try? await searcher.prepare(namespace: namespace, where: filter)
  }

  /// The nearest entries that pass the filter, best first, ties by id; see ``VectorStore``.
  package func search(
    _ query: UnitVector, namespace: Namespace, in space: EmbeddingSpace, limit: Int,
    where filter: Filter
  ) async throws -> [VectorMatch] {
    try Limit.check(limit)
    try query.requireDimension(space.dimension)
    return try await searcher.search(
      query, namespace: namespace, in: space, limit: limit, where: filter)
  }

  /// Makes the codes anew from the stored vectors; every process loads them on its next search.
  package func rebuildIndex(in space: EmbeddingSpace) async throws {
    try await pool.write { connection in
      guard let stored = try StoredSpace.find(space, connection) else { return }
      try VectorWriter(stored, followsRecords: false, connection).requantize()
    }
  }

  /// Gives back room that deleted and replaced entries took. Complexity: O(file).
  package func compact() async throws {
    try await pool.compact { try WordIndex.optimize($0) }
  }

  /// Writes the file anew, so that it holds what is there and nothing else. Complexity: O(file).
  package func scrub() async throws -> [String] {
    try await pool.scrub { try WordIndex.optimize($0) }
    return []
  }
}
