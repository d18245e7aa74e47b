public import LociCore

/// What a memory holds.
public struct MemoryStatus: Sendable {
  /// What a namespace holds.
  public struct Contents: Sendable {
    /// The namespace.
    public let namespace: Namespace
    /// Records that are recalled.
    public let activeCount: Int
    /// All records.
    public let totalCount: Int
    /// Records without a fresh vector; nil where the model can't be loaded.
    public let pendingCount: Int?
    /// Records that have none and need none, because the model can't read their text: words find
    /// them. Nil where the model can't be loaded.
    public let unreadableCount: Int?
  }

  /// Where the store is: a path or an address.
  public let location: String
  /// The store's engine and version.
  public let engine: String
  /// The bytes that it takes, where that is known.
  public let byteCount: Int64?
  /// Where vectors are searched, and the model's name.
  public let side: VectorSide
  /// Where the configuration wants vectors and which model, where that is elsewhere: the next
  /// recall or change brings them over.
  public let wantedSide: VectorSide?
  /// The spaces that vectors are kept for.
  public let spaces: [EmbeddingSpace]
  /// The space of the model in use; nil where it can't be loaded.
  public let currentSpace: EmbeddingSpace?
  /// Why the model can't be loaded.
  public let modelProblem: LociError?
  /// What a user should know about the model's files.
  public let modelNotes: [String]
  /// What the cache of embeddings spared this memory since it was opened.
  public let embeddingCache: EmbeddingCacheCounts
  /// The namespaces, sorted.
  public let namespaces: [Contents]
}
