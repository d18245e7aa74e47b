import LociCore

/// Where vectors are, and which model made them.
public struct VectorSide: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The vector backend's name, such as `native`.
  public var backend: String
  /// The embedding model's name.
  public var model: String

  /// Makes a side.
  public init(backend: String, model: String) {
    self.backend = backend
    self.model = model
  }

  /// The backend and the model.
  public var description: String { "\(backend) with \(model)" }
}

/// How a memory opens its vectors and models, by name.
public struct Backends: Sendable {
  /// The side of a memory that was never moved.
  public var initial: VectorSide
  /// The backend to use whatever the memory was moved to; nil follows the memory.
  public var pinnedBackend: String?
  /// The model to use whatever the memory was moved to; nil follows the memory.
  public var pinnedModel: String?
  /// Opens the vectors of a backend.
  public var vectors: @Sendable (_ backend: String) async throws -> any VectorStore
  /// Loads a model.
  public var embedder: @Sendable (_ model: String) async throws -> any Embedder

  /// Makes a set of backends.
  public init(
    initial: VectorSide, pinnedBackend: String? = nil, pinnedModel: String? = nil,
    vectors: @escaping @Sendable (_ backend: String) async throws -> any VectorStore,
    embedder: @escaping @Sendable (_ model: String) async throws -> any Embedder
  ) {
    self.initial = initial
    self.pinnedBackend = pinnedBackend
    self.pinnedModel = pinnedModel
    self.vectors = vectors
    self.embedder = embedder
  }

  /// Throws where what is pinned would keep another side serving.
  func requireAllows(_ side: VectorSide) throws {
    guard pinned(over: side) != side else { return }
    throw LociError(
      .invalidConfiguration,
      "The configuration pins \(pinned(over: side)), so a move to \(side) would have no effect.",
      remedy: "Leave embeddings.vector_backend and embeddings.model out of the configuration: a "
        + "memory remembers where its vectors are.")
  }

  /// The side to use where the memory says that another one serves.
  func pinned(over side: VectorSide) -> VectorSide {
    VectorSide(backend: pinnedBackend ?? side.backend, model: pinnedModel ?? side.model)
  }
}

/// A side whose store and model are opened when they are first needed.
struct LiveSide: Sendable {
  let side: VectorSide
  fileprivate let store: OnFirstUse<any VectorStore>
  fileprivate let model: OnFirstUse<any Embedder>

  func vectors() async throws -> any VectorStore { try await store.value() }
  func embedder() async throws -> any Embedder { try await model.value() }
}

/// The stores and models that were opened, one of each name.
struct OpenSides {
  let backends: Backends
  private var stores: [String: OnFirstUse<any VectorStore>] = [:]
  private var models: [String: OnFirstUse<any Embedder>] = [:]

  init(_ backends: Backends) { self.backends = backends }

  mutating func live(_ side: VectorSide) -> LiveSide {
    let store =
      stores[side.backend]
      ?? OnFirstUse { [open = backends.vectors] in try await open(side.backend) }
    let model =
      models[side.model]
      ?? OnFirstUse { [load = backends.embedder] in try await load(side.model) }
    stores[side.backend] = store
    models[side.model] = model
    return LiveSide(side: side, store: store, model: model)
  }
}
