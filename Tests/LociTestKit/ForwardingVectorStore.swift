package import LociCore

/// A vector store that hands every call on to another one, but for those that it makes its own.
package protocol ForwardingVectorStore: VectorStore {
  /// Where calls go.
  var base: any VectorStore { get }
}

extension ForwardingVectorStore {
  package var capabilities: VectorStoreCapabilities { base.capabilities }

  package func ensure(_ space: EmbeddingSpace) async throws { try await base.ensure(space) }

  package func spaces() async throws -> [EmbeddingSpace] { try await base.spaces() }

  package func namespaces(in space: EmbeddingSpace) async throws -> [Namespace] {
    try await base.namespaces(in: space)
  }

  package func upsert(_ entries: [VectorEntry], in space: EmbeddingSpace) async throws {
    try await base.upsert(entries, in: space)
  }

  @discardableResult
  package func delete(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> Int {
    try await base.delete(ids, namespace: namespace, in: space)
  }

  package func get(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> [VectorEntry] {
    try await base.get(ids, namespace: namespace, in: space)
  }

  package func contentHashes(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> [RecordID: ContentHash] {
    try await base.contentHashes(ids, namespace: namespace, in: space)
  }

  package func prepare(namespace: Namespace, where filter: Filter) async {
    await base.prepare(namespace: namespace, where: filter)
  }

  package func search(
    _ query: UnitVector, namespace: Namespace, in space: EmbeddingSpace, limit: Int,
    where filter: Filter
  ) async throws -> [VectorMatch] {
    try await base.search(
      query, namespace: namespace, in: space, limit: limit, where: filter)
  }

  package func count(namespace: Namespace, in space: EmbeddingSpace, where filter: Filter)
    async throws -> Int
  {
    try await base.count(namespace: namespace, in: space, where: filter)
  }

  package func scan(
    _ namespace: Namespace, in space: EmbeddingSpace, after cursor: RecordID?, limit: Int
  ) async throws -> [VectorEntry] {
    try await base.scan(namespace, in: space, after: cursor, limit: limit)
  }

  package func rebuildIndex(in space: EmbeddingSpace) async throws {
    try await base.rebuildIndex(in: space)
  }

  package func compact() async throws { try await base.compact() }
  package func scrub() async throws -> [String] { try await base.scrub() }
}
