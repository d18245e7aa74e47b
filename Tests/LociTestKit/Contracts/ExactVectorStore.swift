package import LociCore

/// The simplest vector store that keeps the contract: everything in memory, every search a full
/// scan in double precision. Other stores are held against it.
package actor ExactVectorStore: VectorStore {
  private struct Name: Hashable {
    let namespace: Namespace
    let id: RecordID
  }

  private var entries: [EmbeddingSpace: [Name: VectorEntry]] = [:]

  /// Makes an empty store.
  package init() {}

  package nonisolated var capabilities: VectorStoreCapabilities {
    VectorStoreCapabilities(
      backend: "exact", isExact: true, sharesTransactionsWithRecords: false)
  }

  package func ensure(_ space: EmbeddingSpace) { entries[space, default: [:]].reserveCapacity(0) }

  package func spaces() -> [EmbeddingSpace] { Array(entries.keys) }

  package func namespaces(in space: EmbeddingSpace) -> [Namespace] {
    Array(Set((entries[space] ?? [:]).keys.map(\.namespace)))
  }

  package func upsert(_ new: [VectorEntry], in space: EmbeddingSpace) throws {
    for entry in new { try entry.vector.requireDimension(space.dimension) }
    for entry in new {
      let name = Name(namespace: entry.attributes.namespace, id: entry.id)
      entries[space, default: [:]][name] = entry
    }
  }

  package func delete(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) -> Int {
    ids.count { entries[space]?.removeValue(forKey: Name(namespace: namespace, id: $0)) != nil }
  }

  package func get(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) -> [VectorEntry] {
    Set(ids).compactMap { entries[space]?[Name(namespace: namespace, id: $0)] }
  }

  package func contentHashes(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) -> [RecordID: ContentHash] {
    Dictionary(
      get(ids, namespace: namespace, in: space).map { ($0.id, $0.contentHash) },
      uniquingKeysWith: { $1 })
  }

  package func search(
    _ query: UnitVector, in space: EmbeddingSpace, limit: Int, where filter: Filter
  ) throws -> [VectorMatch] {
    guard limit >= 1 else { throw LociError(.invalidArgument, "The limit must be at least 1.") }
    try query.requireDimension(space.dimension)
    let matches = try passing(filter, in: space).map {
      VectorMatch(id: $0.id, similarity: try query.similarity(to: $0.vector))
    }
    return Array(matches.sorted(by: VectorMatch.ranksBefore).prefix(limit))
  }

  package func count(in space: EmbeddingSpace, where filter: Filter) -> Int {
    passing(filter, in: space).count
  }

  package func scan(
    _ namespace: Namespace, in space: EmbeddingSpace, after cursor: RecordID?, limit: Int
  ) throws -> [VectorEntry] {
    guard limit >= 1 else { throw LociError(.invalidArgument, "The limit must be at least 1.") }
    let page = passing(Filter(namespace: namespace, statuses: nil), in: space)
      .filter { entry in cursor.map { $0 < entry.id } ?? true }
      .sorted { $0.id < $1.id }
    return Array(page.prefix(limit))
  }

  package func rebuildIndex(in space: EmbeddingSpace) {}

  package func compact() {}

  private func passing(_ filter: Filter, in space: EmbeddingSpace) -> [VectorEntry] {
    entries[space]?.values.filter { filter.matches($0.attributes) } ?? []
  }
}
