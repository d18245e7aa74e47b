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
  /// The namespaces, sorted.
  public let namespaces: [Contents]
}

extension Memory {
  /// What is there. Complexity: O(records); it loads the model to tell what is not embedded yet.
  public func status() async throws -> MemoryStatus {
    var space: EmbeddingSpace?
    var problem: LociError?
    do {
      space = try await embedder.space
    } catch let error as LociError {
      problem = error
    }
    var contents: [MemoryStatus.Contents] = []
    for namespace in try await namespaces() {
      contents.append(try await self.contents(of: namespace, in: space))
    }
    let care = try await care
    return MemoryStatus(
      location: care?.location ?? "in this process",
      engine: try await care?.engine ?? "the app's own", byteCount: try await care?.byteCount,
      side: try await servingSide, wantedSide: try await wantedSide, spaces: try await vectors.spaces(), currentSpace: space,
      modelProblem: problem, namespaces: contents)
  }

  private func contents(
    of namespace: Namespace, in space: EmbeddingSpace?
  ) async throws -> MemoryStatus.Contents {
    var pending: Int?
    if let space {
      pending = try await projections.serving().pendingCount(namespace, in: space)
    }
    return MemoryStatus.Contents(
      namespace: namespace, activeCount: try await self[namespace].count(),
      totalCount: try await self[namespace].count(
        where: Filter(namespace: namespace, statuses: nil)),
      pendingCount: pending)
  }

  /// Gives back the room that deleted records took. Complexity: O(store).
  public func compact() async throws { try await vectors.compact() }
}
