public import LociCore

/// The exact vector store: everything in memory, every search a full scan in double precision. The
/// others are held against it, and it can be broken on purpose.
public struct SimulatedVectorStore: VectorStore {
  private let disk: SimulatedDisk
  private let name: String
  private let followed: String?
  private let life: Int

  /// Opens a store on a disk, made where it is missing. Another handle with the same name sees the
  /// same vectors.
  ///
  /// - Parameters:
  ///   - disk: What survives a crash, and what goes wrong; by default a disk of its own without
  ///     faults.
  ///   - name: Tells the disk's stores apart.
  ///   - followed: The name of a record store on the same disk whose transactions take vectors
  ///     along, as in one SQLite file: a vector disappears with its record or its text.
  public init(
    on disk: SimulatedDisk = SimulatedDisk(), named name: String = "vectors",
    following followed: String? = nil
  ) {
    self.disk = disk
    self.name = name
    self.followed = followed
    life = disk.crashCount
    disk.prepare { contents in
      if contents.vectors[name] == nil {
        contents.vectors[name] = StoredVectors(following: followed)
      }
    }
  }

  /// It is exact.
  public var capabilities: VectorStoreCapabilities {
    VectorStoreCapabilities(
      backend: "simulated", isExact: true, sharesTransactionsWithRecords: followed != nil)
  }

  /// Makes room for a space.
  public func ensure(_ space: EmbeddingSpace) async throws {
    try await perform(.ensureSpace) { vectors, _ in vectors.ensure(space) }
  }

  /// The spaces, in the order in which they were made.
  public func spaces() async throws -> [EmbeddingSpace] {
    try await perform(.surveyVectors) { vectors, _ in vectors.spaces }
  }

  /// The namespaces that hold entries of a space, sorted.
  public func namespaces(in space: EmbeddingSpace) async throws -> [Namespace] {
    try await perform(.surveyVectors) { vectors, _ in vectors.namespaces(in: space) }
  }

  /// Adds or replaces entries; the last of two of one name wins.
  ///
  /// Where vectors follow records, an entry without its record, or made from another text than the
  /// record has by now, is passed over, and the record's attributes count.
  public func upsert(_ entries: [VectorEntry], in space: EmbeddingSpace) async throws {
    for entry in entries { try entry.vector.requireDimension(space.dimension) }
    let (name, followed) = (name, followed)
    try await disk.perform(.upsertVectors, of: name, life: life) { contents, share in
      let part = entries.prefix(part: share)
      let records = followed.flatMap { contents.records[$0] }
      contents.vectors[name]?.upsert(
        followed == nil ? Array(part) : part.compactMap { records?.followed(by: $0) }, in: space)
    }
  }

  /// Deletes entries; returns how many there were.
  @discardableResult
  public func delete(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> Int {
    try await perform(.deleteVectors) { vectors, share in
      vectors.delete(ids.prefix(part: share), namespace, in: space)
    }
  }

  /// The entries of the ids that exist, in the order of the ids.
  public func get(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> [VectorEntry] {
    try await perform(.getVectors) { vectors, _ in
      ids.distinct().flatMap {
        vectors.parts(RecordName(namespace: namespace, id: $0), in: space)
      }
    }
  }

  /// The content hashes of the ids that exist.
  public func contentHashes(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> [RecordID: ContentHash] {
    try await get(ids, namespace: namespace, in: space).keyed(by: \.id).mapValues(\.contentHash)
  }

  /// The nearest entries that pass the filter, best first, ties by id. Complexity: O(entries).
  public func search(
    _ query: UnitVector, namespace: Namespace, in space: EmbeddingSpace, limit: Int,
    where filter: Filter
  ) async throws -> [VectorMatch] {
    try Limit.check(limit)
    try query.requireDimension(space.dimension)
    return try await perform(.searchVectors) { vectors, _ in
      let matches = try vectors.passing(filter, namespace, in: space).map {
        VectorMatch(id: $0.id, similarity: try query.similarity(to: $0.vector))
      }
      return Array(VectorMatch.records(of: matches).prefix(limit))
    }
  }

  /// How many entries pass the filter.
  public func count(namespace: Namespace, in space: EmbeddingSpace, where filter: Filter)
    async throws -> Int
  {
    try await perform(.countVectors) { vectors, _ in
      vectors.passing(filter, namespace, in: space).count
    }
  }

  /// A page of a namespace's entries in id order, after `cursor`.
  public func scan(
    _ namespace: Namespace, in space: EmbeddingSpace, after cursor: RecordID?, limit: Int
  ) async throws -> [VectorEntry] {
    try Limit.check(limit)
    return try await perform(.scanVectors) { vectors, _ in
      let rest = vectors.passing(Filter(statuses: nil), namespace, in: space)
        .filter { entry in cursor.map { $0 < entry.id } ?? true }
      let page = Set(Set(rest.map(\.id)).sorted().prefix(limit))
      return rest.filter { page.contains($0.id) }
        .sorted { ($0.id, $0.part) < ($1.id, $1.part) }
    }
  }

  /// There is no index.
  public func rebuildIndex(in space: EmbeddingSpace) async throws {
    try await perform(.tendVectors) { _, _ in }
  }

  /// Nothing is left of what was deleted.
  public func compact() async throws { try await perform(.tendVectors) { _, _ in } }

  private func perform<Answer>(
    _ operation: SimulatedOperation,
    _ body: @escaping @Sendable (inout StoredVectors, Double) throws -> Answer
  ) async throws -> Answer {
    let (name, followed) = (name, followed)
    return try await disk.perform(operation, of: name, life: life) { contents, share in
      try body(&contents.vectors[name, default: StoredVectors(following: followed)], share)
    }
  }
}

extension Array {
  /// The first elements, as many as make up a share, 0…1.
  fileprivate func prefix(part share: Double) -> ArraySlice<Element> {
    prefix(Int((Double(count) * share).rounded()))
  }
}

extension Array where Element: Hashable {
  /// Every element once, in order.
  func distinct() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
