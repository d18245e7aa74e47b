import LociCore

/// Keeps the vectors of one side in step with records: the log is the truth, vectors are made from
/// it.
struct VectorProjection: Sendable {
  let records: any RecordStore
  let side: SideHandle

  /// How many texts are embedded and stored together: enough to fill batches by length, little
  /// enough that a failure or a crash costs little.
  static let windowSize = 256

  /// Embeds records and stores their vectors, one outcome per record, in order. It throws
  /// only where the work can't go on: a record whose embedding failed is pending.
  func project(_ batch: [Record]) async throws -> [Remembered.Projection] {
    do {
      return try await embedAndStore(batch)
    } catch  where error.endsTheWork {
      throw error
    } catch  where batch.count > 1 {
      return try await projectOneByOne(batch)
    } catch {
      return [.pending(error)]
    }
  }

  /// Embeds a record whose vector is missing or was made from another text.
  func projectIfStale(_ record: Record) async throws -> Remembered.Projection {
    let (vectors, space): (any VectorStore, EmbeddingSpace)
    do {
      (vectors, space) = (try await side.vectors(), try await side.embedder().space)
    } catch  where error.endsTheWork {
      throw error
    } catch {
      return .pending(error)
    }
    let hashes = try await vectors.contentHashes(
      [record.id], namespace: record.namespace, in: space)
    guard hashes[record.id] != record.contentHash else { return .unchanged }
    return try await project([record]).first ?? .unchanged
  }

  /// One bad record must not keep the others from being found; a missing model or engine fails
  /// them all.
  private func projectOneByOne(_ batch: [Record]) async throws -> [Remembered.Projection] {
    do {
      _ = (try await side.vectors(), try await side.embedder())
    } catch {
      return batch.map { _ in .pending(error) }
    }
    var outcomes: [Remembered.Projection] = []
    for record in batch { outcomes += try await project([record]) }
    return outcomes
  }

  private func embedAndStore(_ batch: [Record]) async throws -> [Remembered.Projection] {
    let (vectors, embedder) = (try await side.vectors(), try await side.embedder())
    try await vectors.ensure(embedder.space)
    var outcomes = [Remembered.Projection](repeating: .unreadable, count: batch.count)
    let isReadable = try batch.map { try embedder.canRead($0.text) }
    let readable = batch.indices.filter { isReadable[$0] }
    var pieces: [(index: Int, part: Int, text: String)] = []
    for index in readable {
      let parts = try TextParts(of: batch[index], for: embedder)
      let texts = [batch[index].passage] + parts.rest
      pieces += texts.enumerated().map { (index, $0, $1) }
      outcomes[index] = .embedded(isTruncated: parts.isCut)
    }
    let embeddings =
      try await pieces.isEmpty
      ? [] : embedder.checkedEmbeddings(of: pieces.map(\.text), as: .passage)
    let now = side.surroundings.now()
    let entries = zip(pieces, embeddings).map { piece, embedding in
      VectorEntry(
        of: batch[piece.index], part: piece.part, vector: embedding.vector, embeddedAt: now)
    }
    let unreadable = batch.indices.filter { !isReadable[$0] }.map { batch[$0] }
    try await removeStale(unreadable, embedder.space)
    let changed = try await write(entries, in: embedder.space)
    // Whoever changed them meanwhile may have stored their vectors before these took their place.
    if !changed.isEmpty { _ = try await embedAndStore(changed) }
    return outcomes
  }

  /// Deletes the vectors that unreadable texts have from before they were what they are.
  private func removeStale(_ unreadable: [Record], _ space: EmbeddingSpace) async throws {
    for (namespace, records) in Dictionary(grouping: unreadable, by: \.namespace) {
      try await side.vectors().delete(records.map(\.id), namespace: namespace, in: space)
    }
  }

  /// Stores entries of one namespace, and looks again: a record may have been changed or forgotten
  /// while its vector was on its way, and neither an old vector nor old attributes may stay behind.
  ///
  /// - Returns: The records that have another text by now, and so no vector any more.
  @discardableResult
  func write(_ entries: [VectorEntry], in space: EmbeddingSpace) async throws -> [Record] {
    let vectors = try await side.vectors()
    // Of two texts for one id in a batch, the last counts.
    let last = entries.keyed(by: \.id).mapValues(\.contentHash)
    var written = entries.filter { last[$0.id] == $0.contentHash }
      .sorted { ($0.id, $0.part) < ($1.id, $1.part) }
    var changed: [Record] = []
    while let namespace = written.first?.attributes.namespace {
      try await vectors.upsert(written, in: space)
      let ids = Set(written.map(\.id)).sorted()
      let byID = try await records.get(ids, namespace: namespace).keyed(by: \.id)
      let outdated = Set(written.filter { byID[$0.id]?.contentHash != $0.contentHash }.map(\.id))
        .sorted()
      if !outdated.isEmpty {
        try await vectors.delete(outdated, namespace: namespace, in: space)
        changed += outdated.compactMap { byID[$0] }
      }
      written = written.compactMap { byID[$0.id].flatMap($0.refreshed) }
    }
    return changed
  }

  /// Follows changes of records: filters see their new attributes, and a vector of another text
  /// goes.
  func follow(_ changed: [Record]) async throws {
    let vectors = try await side.vectors()
    guard !vectors.capabilities.sharesTransactionsWithRecords,
      let namespace = changed.first?.namespace
    else { return }
    let byID = changed.keyed(by: \.id)
    for space in try await vectors.spaces() {
      let entries = try await vectors.get(
        changed.map(\.id), namespace: namespace, in: space)
      let stale = Set(entries.filter { byID[$0.id]?.contentHash != $0.contentHash }.map(\.id))
        .sorted()
      if !stale.isEmpty { try await vectors.delete(stale, namespace: namespace, in: space) }
      let refreshed = entries.compactMap { byID[$0.id].flatMap($0.refreshed) }
      if !refreshed.isEmpty { try await write(refreshed, in: space) }
    }
  }

  /// Deletes vectors in every space, and checks that they are gone.
  func remove(_ ids: [RecordID], namespace: Namespace) async throws {
    let vectors = try await side.vectors()
    for space in try await vectors.spaces() {
      try await vectors.delete(ids, namespace: namespace, in: space)
      let left = try await vectors.contentHashes(ids, namespace: namespace, in: space)
      guard left.isEmpty else {
        throw LociError(
          .conflict,
          Count.of(left.count, "vector is", "vectors are")
            + " still there after their records were forgotten.",
          remedy: "Forget them again; something else may be writing to the same memory.")
      }
    }
  }
}

extension VectorEntry {
  /// The entry with the attributes of its record as it is now; nil where it has them already, or
  /// where the text is another one.
  func refreshed(from record: Record) -> VectorEntry? {
    let attributes = VectorAttributes(of: record)
    guard contentHash == record.contentHash, self.attributes != attributes else { return nil }
    var copy = self
    copy.attributes = attributes
    return copy
  }
}
