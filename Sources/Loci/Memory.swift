public import LociCore
import LociRetrieval

/// A memory: records in a store of the user's choice, found by meaning and by words.
///
/// ```swift
/// let memory = try await Memory.open()
/// let ada = try memory.namespace("bot:ada")
/// try await ada.remember("Alice prefers tea to coffee", category: .preference)
/// for hit in try await ada.recall("what does Alice drink?").hits { print(hit.record.text) }
/// ```
public struct Memory: Sendable {
  package let records: any RecordStore
  package let vectors: any VectorStore
  let source: EmbedderSource
  let surroundings: Surroundings
  let care: (any StoreCare)?

  /// Makes a memory of parts of the app's own.
  /// ``open(_:folders:surroundings:environment:modelProgress:)`` is the usual way.
  ///
  /// - Parameters:
  ///   - records: Keeps records and finds them by words.
  ///   - vectors: Keeps vectors and finds the nearest.
  ///   - surroundings: The clock and new ids.
  ///   - embedder: Gives the embedder when it is first needed; after a failure it is asked again.
  public init(
    records: any RecordStore, vectors: any VectorStore,
    surroundings: Surroundings = Surroundings(),
    embedder: @escaping @Sendable () async throws -> any Embedder
  ) {
    self.init(
      records: records, vectors: vectors, care: nil, surroundings: surroundings,
      embedder: embedder)
  }

  init(
    records: any RecordStore, vectors: any VectorStore, care: (any StoreCare)?,
    surroundings: Surroundings, embedder: @escaping @Sendable () async throws -> any Embedder
  ) {
    self.care = care
    self.records = records
    self.vectors = vectors
    self.surroundings = surroundings
    source = EmbedderSource(load: embedder)
  }

  /// The embedder, loaded on first use.
  public var embedder: any Embedder {
    get async throws { try await source.embedder() }
  }

  /// The memory of one namespace; throws ``LociError/Code/invalidArgument`` for a name that is
  /// empty, longer than 256 bytes or holds control characters.
  public func namespace(_ name: String) throws(LociError) -> MemoryNamespace {
    self[try Namespace(name)]
  }

  /// The memory of one namespace.
  public subscript(namespace: Namespace) -> MemoryNamespace {
    MemoryNamespace(namespace: namespace, memory: self)
  }

  /// The namespaces that hold records, sorted.
  public func namespaces() async throws -> [Namespace] {
    try await records.namespaces().sorted()
  }

  var projection: VectorProjection {
    VectorProjection(records: records, vectors: vectors, source: source)
  }

  var retriever: Retriever {
    Retriever(records: records, vectors: vectors) { [source] in try await source.embedder() }
  }
}
