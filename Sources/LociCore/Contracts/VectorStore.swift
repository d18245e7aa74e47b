/// Keeps vectors and finds the nearest. One contract suite tests every implementation.
///
/// An entry is named by its namespace, id and part within a space. Every write is acknowledged only
/// once it is durable; a batch is written whole or not at all.
public protocol VectorStore: Sendable {
  /// What this store does natively.
  var capabilities: VectorStoreCapabilities { get }

  /// Makes room for a space; idempotent, also from two tasks or processes at once.
  func ensure(_ space: EmbeddingSpace) async throws

  /// The spaces that this store holds.
  func spaces() async throws -> [EmbeddingSpace]

  /// The namespaces that hold entries of a space, in no particular order.
  func namespaces(in space: EmbeddingSpace) async throws -> [Namespace]

  /// Adds entries, replacing those of the same namespace, id and part; the last of two wins.
  ///
  /// - Throws: ``LociError/Code/dimensionMismatch``, and then nothing was written.
  func upsert(_ entries: [VectorEntry], in space: EmbeddingSpace) async throws

  /// Deletes every part of records; unknown ids are no error. Returns how many entries there were.
  @discardableResult
  func delete(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> Int

  /// Every part of the ids that exist, in no particular order.
  func get(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> [VectorEntry]

  /// The content hashes of the ids that exist: cheaper than ``get(_:namespace:in:)``. Of a record
  /// in parts, that of one of them.
  func contentHashes(
    _ ids: [RecordID], namespace: Namespace, in space: EmbeddingSpace
  ) async throws -> [RecordID: ContentHash]

  /// Gets ready for searches in a namespace with a filter, by loading what they need. A
  /// hint: it never fails, and no search needs it.
  func prepare(namespace: Namespace, where filter: Filter) async

  /// The records of a namespace whose nearest parts are nearest, of those that pass the filter,
  /// best first, ties by id.
  ///
  /// Where at least `limit` records pass the filter, `limit` are returned.
  /// - Parameters:
  ///   - limit: At least 1.
  func search(
    _ query: UnitVector, namespace: Namespace, in space: EmbeddingSpace, limit: Int,
    where filter: Filter
  ) async throws -> [VectorMatch]

  /// How many entries of a namespace pass the filter.
  func count(namespace: Namespace, in space: EmbeddingSpace, where filter: Filter) async throws
    -> Int

  /// The entries of at most `limit` records of a namespace, in the order of ids and parts, after
  /// `cursor`; empty at the end.
  func scan(
    _ namespace: Namespace, in space: EmbeddingSpace, after cursor: RecordID?, limit: Int
  ) async throws -> [VectorEntry]

  /// Builds the search structures anew from the stored vectors.
  func rebuildIndex(in space: EmbeddingSpace) async throws

  /// Gives back room that deleted and replaced entries took.
  func compact() async throws

  /// Leaves no byte of what was deleted or replaced: not in old versions, indexes or logs. It may
  /// take as long as writing everything anew. By default it compacts.
  ///
  /// - Returns: What may still hold it and is not the store's to change, a phrase each, such as
  ///   `the versions that the bucket keeps`.
  /// - Throws: ``LociError/Code/busy`` where somebody still reads an old state; deleting is done
  ///   then, and scrubbing again goes on.
  func scrub() async throws -> [String]
}

extension VectorStore {
  /// A store in which compacting leaves nothing.
  public func scrub() async throws -> [String] {
    try await compact()
    return []
  }

  /// Nothing has to be loaded.
  public func prepare(namespace: Namespace, where filter: Filter) async {}
}

/// What a vector store does natively.
public struct VectorStoreCapabilities: Hashable, Sendable {
  /// The backend's name, as in `vector_backend`.
  public var backend: String
  /// Whether search returns exactly the nearest entries, within float32 rounding.
  public var isExact: Bool
  /// Whether a record and its vectors disappear in one transaction of the same file or server.
  public var sharesTransactionsWithRecords: Bool

  /// Makes capabilities.
  public init(backend: String, isExact: Bool, sharesTransactionsWithRecords: Bool) {
    self.backend = backend
    self.isExact = isExact
    self.sharesTransactionsWithRecords = sharesTransactionsWithRecords
  }
}
