import LociCore

/// Vectors, seen only where they were made from what their records say now.
///
/// Where vectors do not disappear in the records' own transactions, a crash or a failed embedding
/// leaves vectors of forgotten records and of earlier texts. They answer no question [15] [16], and
/// push no other out of the answer [12].
struct CurrentVectors: Sendable {
  let records: any RecordStore
  let vectors: any VectorStore

  /// The nearest, best first, ties by id; see ``VectorStore``.
  func search(
    _ query: UnitVector, namespace: Namespace, in space: EmbeddingSpace, limit: Int,
    where filter: Filter
  ) async throws -> [VectorMatch] {
    var depth = limit
    while true {
      let matches = try await vectors.search(
        query, namespace: namespace, in: space, limit: depth, where: filter)
      guard !vectors.capabilities.sharesTransactionsWithRecords else { return matches }
      let hashes = try await vectors.contentHashes(
        matches.map(\.id), namespace: namespace, in: space)
      let current = try await current(hashes, namespace, where: filter)
      let found = matches.filter { current.contains($0.id) }
      if found.count >= limit || matches.count < depth { return Array(found.prefix(limit)) }
      depth *= 2
    }
  }

  /// The entries of the ids that have some; of a long text, those of all its parts.
  func get(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace, where filter: Filter
  ) async throws -> [VectorEntry] {
    let entries = try await vectors.get(ids, namespace: namespace, in: space)
    guard !vectors.capabilities.sharesTransactionsWithRecords else { return entries }
    let hashes = entries.keyed(by: \.id).mapValues(\.contentHash)
    let current = try await current(hashes, namespace, where: filter)
    return entries.filter { current.contains($0.id) }
  }

  /// Those ids whose records pass the filter and have the text that was embedded.
  private func current(
    _ hashes: [RecordID: ContentHash], _ namespace: Namespace, where filter: Filter
  ) async throws -> Set<RecordID> {
    guard !hashes.isEmpty else { return [] }
    let found = try await records.get(hashes.keys.sorted(), namespace: namespace)
    return Set(
      found.lazy
        .filter { hashes[$0.id] == $0.contentHash && filter.matches(VectorAttributes(of: $0)) }
        .map(\.id))
  }
}
