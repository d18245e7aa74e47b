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
  package let sides: SideTracker
  package let surroundings: Surroundings
  package let stores: StoreTracker?
  let counts: AccessCounts
  package let background = BackgroundWork()
  /// Nil where the app gave its own parts.
  let examiner: (any Examiner)?

  /// Makes a memory of parts of the app's own.
  /// ``open(_:access:folders:surroundings:environment:progress:)`` is the usual way.
  ///
  /// ```swift
  /// let disk = SimulatedDisk()  // or stores of your own
  /// let memory = Memory(
  ///   records: SimulatedRecordStore(on: disk), vectors: SimulatedVectorStore(on: disk)
  /// ) { MyEmbedder() }
  /// ```
  /// - Parameters:
  ///   - records: Keeps records and finds them by words.
  ///   - vectors: Keeps vectors and finds the nearest.
  ///   - surroundings: The clock and new ids.
  ///   - embedder: Gives the embedder when it is first needed; after a failure it is asked again.
  ///   - closer: Gives a second embedder, of another space: records have vectors of both, and the
  ///     second one's decide the order of what the first one's have found.
  public init(
    records: any RecordStore, vectors: any VectorStore,
    surroundings: Surroundings = Surroundings(),
    embedder: @escaping @Sendable () async throws -> any Embedder,
    closer: (@Sendable () async throws -> any Embedder)? = nil
  ) {
    let side = VectorSide(backend: vectors.capabilities.backend, model: "")
    var backends = Backends(
      initial: side, vectors: { _, _ in vectors },
      embedder: { model in
        if let closer, model != side.model { return try await closer() }
        return try await embedder()
      })
    backends.closerModel = closer == nil ? nil : "closer"
    self.init(
      records: records,
      sides: SideTracker(
        records: records, backends: backends, isFixed: true, surroundings: surroundings),
      stores: nil, surroundings: surroundings)
  }

  /// Makes a memory of parts of the app's own, whose vectors can move between backends and models.
  ///
  /// - Parameters:
  ///   - records: Keeps records and finds them by words.
  ///   - backends: Opens vectors and models by name.
  ///   - surroundings: The clock and new ids.
  ///   - progress: Told about vectors that have to be brought over at first use, because
  ///     `backends` pins another side than the memory was used with before.
  public init(
    records: any RecordStore, backends: Backends, surroundings: Surroundings = Surroundings(),
    progress: @escaping @Sendable (SettingsMoveProgress) -> Void = { _ in }
  ) {
    let sides = SideTracker(records: records, backends: backends, surroundings: surroundings) {
      try await SettingsMove(
        records: records, surroundings: surroundings, progress: progress, sides: $0
      ).run()
    }
    self.init(records: records, sides: sides, stores: nil, surroundings: surroundings)
  }

  /// Makes a memory whose records can move between stores.
  ///
  /// - Parameters:
  ///   - examiner: Looks at what the stores' makers know.
  ///   - progress: Told about what has to be brought over at first use.
  package init(
    stores: StoreTracker, backends: Backends, access: StoreAccess = .writing,
    surroundings: Surroundings,
    examiner: (any Examiner)? = nil,
    progress: @escaping @Sendable (SettingsMoveProgress) -> Void = { _ in }
  ) {
    let records = FollowingRecordStore(stores: stores)
    let sides = SideTracker(
      records: records, stores: stores, backends: backends, access: access,
      surroundings: surroundings
    ) {
      try await SettingsMove(
        records: records, surroundings: surroundings, progress: progress, sides: $0
      ).run()
    }
    self.init(
      records: records, sides: sides, stores: stores, surroundings: surroundings,
      examiner: examiner)
  }

  private init(
    records: any RecordStore, sides: SideTracker, stores: StoreTracker?, surroundings: Surroundings,
    examiner: (any Examiner)? = nil
  ) {
    self.examiner = examiner
    counts = AccessCounts()
    self.records = CountingRecordStore(base: records, counts: counts)
    self.sides = sides
    self.stores = stores
    self.surroundings = surroundings
  }

  /// The embedder, loaded on first use, and fetched where it is not on this machine.
  public var embedder: any Embedder {
    get async throws { try await sides.current().serving.embedder() }
  }

  /// The embedder for what only reads: a model that is not on this machine is an error.
  package var installedEmbedder: any Embedder {
    get async throws { try await sides.current().serving.installedEmbedder() }
  }

  /// The store that is searched, opened on first use.
  package var vectors: any VectorStore {
    get async throws { try await sides.current().serving.vectors() }
  }

  /// What the store can say about itself; nil for a store of the app's own.
  var care: (any StoreCare)? {
    get async throws { try await stores?.current().care }
  }

  var projections: Projections { Projections(records: records, sides: sides) }

  /// The memory of one namespace; throws ``LociError/Code/invalidArgument`` for a name that is
  /// empty, longer than 256 bytes or holds control characters.
  ///
  /// ```swift
  /// let ada = try memory.namespace("bot:ada")
  /// ```
  public func namespace(_ name: String) throws(LociError) -> MemoryNamespace {
    self[try Namespace(name)]
  }

  /// The memory of one namespace.
  public subscript(namespace: Namespace) -> MemoryNamespace {
    MemoryNamespace(namespace: namespace, memory: self)
  }

  /// The namespaces that hold records, sorted.
  ///
  /// ```swift
  /// print(try await memory.namespaces().map(\.name))
  /// ```
  public func namespaces() async throws -> [Namespace] {
    try await records.namespaces().sorted()
  }

  /// Finds with the same sides, whatever moves meanwhile.
  func retriever(over sides: SidesInUse) -> Retriever {
    let backends = self.sides.backends
    let closer = sides.closer.map {
      SpaceReranker(vectors: $0.vectors, embedder: $0.installedEmbedder)
    }
    let tokens =
      backends.looksAtTokens
      ? LateInteractionReranker(embedder: sides.serving.installedEmbedder) : nil
    return Retriever(
      records: records, vectors: sides.serving.vectors, embedder: sides.serving.installedEmbedder,
      surroundings: surroundings, reranker: backends.reranker ?? closer ?? tokens,
      rerankingTime: backends.rerankingTime)
  }
}
