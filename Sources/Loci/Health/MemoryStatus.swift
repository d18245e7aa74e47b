public import LociCore
import LociEmbedding

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
  /// The namespaces, sorted.
  public let namespaces: [Contents]
}

extension Memory {
  /// What is there. Complexity: O(records); it loads the model to tell what is not embedded yet.
  public func status() async throws -> MemoryStatus {
    var embedder: (any Embedder)?
    var problem: LociError?
    do {
      embedder = try await installedEmbedder
    } catch let error as LociError {
      problem = error
    }
    var contents: [MemoryStatus.Contents] = []
    for namespace in try await namespaces() {
      contents.append(try await self.contents(of: namespace, for: embedder))
    }
    let care = try await care
    return MemoryStatus(
      location: care?.location ?? "in this process",
      engine: try await care?.engine ?? "the app's own", byteCount: try await care?.byteCount,
      side: try await servingSide, wantedSide: try await wantedSide,
      spaces: try await vectors.spaces(), currentSpace: embedder?.space, modelProblem: problem,
      modelNotes: (embedder as? ModelEmbedder)?.notes ?? [], namespaces: contents)
  }

  private func contents(
    of namespace: Namespace, for embedder: (any Embedder)?
  ) async throws -> MemoryStatus.Contents {
    var counts: (pending: Int, unreadable: Int)?
    if let embedder {
      counts = try await projections.serving().pendingCounts(namespace, for: embedder)
    }
    return MemoryStatus.Contents(
      namespace: namespace, activeCount: try await self[namespace].count(),
      totalCount: try await self[namespace].count(
        where: Filter(namespace: namespace, statuses: nil)),
      pendingCount: counts?.pending, unreadableCount: counts?.unreadable)
  }

  /// Gives back the room that deleted records took. Complexity: O(store).
  public func compact() async throws { try await vectors.compact() }
}
