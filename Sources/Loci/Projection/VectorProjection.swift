import LociCore

/// Keeps vectors in step with records: the log is the truth, vectors are made from it.
struct VectorProjection: Sendable {
  let records: any RecordStore
  let vectors: any VectorStore
  let source: EmbedderSource

  /// How many texts are embedded and stored together: enough to fill batches by length, little
  /// enough that a failure or a crash costs little.
  static let windowSize = 256

  /// Embeds records and stores their vectors, one outcome per record, in order. It never throws
  /// but for cancellation: a record whose embedding failed is pending.
  func project(_ batch: [Record]) async throws -> [Remembered.Projection] {
    do {
      return try await embedAndStore(batch)
    } catch let error as CancellationError {
      throw error
    } catch  where batch.count > 1 {
      return try await projectOneByOne(batch)
    } catch {
      return [.pending(error)]
    }
  }

  /// Embeds a record whose vector is missing or was made from another text.
  func projectIfStale(_ record: Record) async throws -> Remembered.Projection {
    let space: EmbeddingSpace
    do {
      space = try await source.embedder().space
    } catch let error as CancellationError {
      throw error
    } catch {
      return .pending(error)
    }
    let hashes = try await vectors.contentHashes(
      [record.id], namespace: record.namespace, in: space)
    guard hashes[record.id] != record.contentHash else { return .unchanged }
    return try await project([record]).first ?? .unchanged
  }

  /// One bad record must not keep the others from being found; a missing model fails them all.
  private func projectOneByOne(_ batch: [Record]) async throws -> [Remembered.Projection] {
    do {
      _ = try await source.embedder()
    } catch {
      return batch.map { _ in .pending(error) }
    }
    var outcomes: [Remembered.Projection] = []
    for record in batch { outcomes += try await project([record]) }
    return outcomes
  }

  private func embedAndStore(_ batch: [Record]) async throws -> [Remembered.Projection] {
    guard let namespace = batch.first?.namespace else { return [] }
    let embedder = try await source.embedder()
    try await vectors.ensure(embedder.space)
    let embeddings = try await embedder.embed(batch.map(\.text), as: .passage)
    let entries = zip(batch, embeddings).map { VectorEntry(of: $0, vector: $1.vector) }
    try await vectors.upsert(entries, in: embedder.space)
    try await removeOutdated(entries, namespace: namespace, space: embedder.space)
    return embeddings.map { .embedded(isTruncated: $0.isTruncated) }
  }

  /// A record may have been changed or forgotten while its text was being embedded: its vector
  /// must not stay behind.
  private func removeOutdated(
    _ entries: [VectorEntry], namespace: Namespace, space: EmbeddingSpace
  ) async throws {
    let current = try await records.get(entries.map(\.id), namespace: namespace)
    let hashes = Dictionary(
      current.map { ($0.id, $0.contentHash) }, uniquingKeysWith: { first, _ in first })
    // Of two texts for one id in a batch, the last is stored.
    let written = Dictionary(entries.map { ($0.id, $0.contentHash) }, uniquingKeysWith: { $1 })
    let outdated = written.filter { hashes[$0.key] != $0.value }.map(\.key).sorted()
    guard !outdated.isEmpty else { return }
    try await vectors.delete(outdated, namespace: namespace, in: space)
  }

  /// Follows changes of records whose text stayed the same.
  func refreshAttributes(of changed: [Record]) async throws {
    guard !vectors.capabilities.sharesTransactionsWithRecords,
      let namespace = changed.first?.namespace
    else { return }
    let byID = Dictionary(changed.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    for space in try await vectors.spaces() {
      let entries = try await vectors.get(
        changed.map(\.id), namespace: namespace, in: space)
      let refreshed = entries.compactMap { entry -> VectorEntry? in
        guard let record = byID[entry.id] else { return nil }
        var copy = entry
        copy.attributes = VectorAttributes(of: record)
        return copy == entry ? nil : copy
      }
      if !refreshed.isEmpty { try await vectors.upsert(refreshed, in: space) }
    }
  }

  /// Deletes vectors in every space, and checks that they are gone.
  func remove(_ ids: [RecordID], namespace: Namespace) async throws {
    for space in try await vectors.spaces() {
      try await vectors.delete(ids, namespace: namespace, in: space)
      let left = try await vectors.contentHashes(ids, namespace: namespace, in: space)
      guard left.isEmpty else {
        throw LociError(
          .conflict, "\(left.count) vectors are still there after their records were forgotten.",
          remedy: "Forget them again; something else may be writing to the same memory.")
      }
    }
  }
}
