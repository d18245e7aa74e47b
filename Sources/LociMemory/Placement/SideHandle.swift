import LociCore

/// A side whose store and model are opened when they are first needed.
struct SideHandle: Sendable {
  let side: VectorSide
  let surroundings: Surroundings
  fileprivate let store: OnFirstUse<any VectorStore>
  fileprivate let model: OnFirstUse<any Embedder>
  fileprivate let fetch: (@Sendable (_ model: String) async throws -> Void)?

  func vectors() async throws -> any VectorStore { try await store.value() }

  /// The model, for what writes: fetched where it is not on this machine.
  func embedder() async throws -> any Embedder {
    do {
      return try await model.value()
    } catch let error as LociError where error.code == .missingModel {
      guard let fetch else { throw error }
      try await fetch(side.model)
      return try await model.value()
    }
  }

  /// The model, for what reads: nothing is ever fetched.
  func installedEmbedder() async throws -> any Embedder { try await model.value() }
}

/// The stores and models that were opened, one of each place and name.
struct SideHandles {
  let backends: Backends
  let surroundings: Surroundings
  let embeddings: EmbeddingCache
  private var stores: [VectorSide.Place: OnFirstUse<any VectorStore>] = [:]
  private var models: [String: OnFirstUse<any Embedder>] = [:]

  init(
    _ backends: Backends, _ surroundings: Surroundings,
    embeddings: EmbeddingCache = EmbeddingCache()
  ) {
    self.backends = backends
    self.surroundings = surroundings
    self.embeddings = embeddings
  }

  mutating func handle(of side: VectorSide) -> SideHandle {
    let store =
      stores[side.place]
      ?? OnFirstUse { [open = backends.vectors] in try await open(side.backend, side.location) }
    let model =
      models[side.model]
      ?? OnFirstUse { [load = backends.embedder, embeddings] in
        CachedEmbedder(base: try await load(side.model), cache: embeddings)
      }
    stores[side.place] = store
    models[side.model] = model
    return SideHandle(
      side: side, surroundings: surroundings, store: store, model: model, fetch: backends.fetch)
  }
}
