import LociCore
import LociEmbedding
import LociMemory

/// All that a memory is opened with.
struct MemoryOpening: Sendable {
  private let opening: Opening
  private let surroundings: Surroundings
  private let environment: [String: String]
  private let progress: @Sendable (OpenProgress) -> Void
  /// An embedder of the app's own, in place of the model that the configuration names.
  var embedder: (any Embedder)?

  init(
    _ opening: Opening, surroundings: Surroundings = Surroundings(),
    environment: [String: String], progress: @escaping @Sendable (OpenProgress) -> Void
  ) {
    (self.opening, self.surroundings) = (opening, surroundings)
    (self.environment, self.progress) = (environment, progress)
  }

  /// Opens it; where its records are is for the caller to look at.
  func memory() async throws -> Memory {
    let configuration = opening.configuration
    try configuration.requireTrusted()
    let stores = StoreTracker(
      startingWith: (configuration.storeBackend ?? .standard).rawValue, surroundings: surroundings
    ) { try await opening.store($0) }
    let library = configuration.modelLibrary(opening.folders, environment)
    let options = configuration.inferenceOptions
    let isForThisCall = embedder == nil && configuration.origin(of: "embeddings.model") == .explicit
    var backends = Backends(
      initial: try await stores.current().initialSide,
      pinnedBackend: configuration.vectorBackend?.rawValue,
      pinnedModel: embedder?.space.model ?? (isForThisCall ? nil : configuration.model),
      callModel: isForThisCall ? configuration.model : nil,
      location: { configuration.location(of: $0, beside: try await stores.current()) }
    ) { backend, location in
      let store = try await stores.current()
      try store.trust(configuration, opening.folders).require(location: location)
      return try await opening.vectors(backend, in: location, beside: store)
    } embedder: { model in
      if let own = embedder, own.space.model == model { return own }
      try await stores.current().trust(configuration, opening.folders).require(model: model)
      do {
        let embedder = try await ModelEmbedder.open(
          model, library: library, fetches: false, options: options)
        for note in embedder.notes { progress(.modelNote(note)) }
        return embedder
      } catch let error as LociError where [.notFound, .missingModel].contains(error.code) {
        throw LociError(
          error.code, "The model \(model) can't be used: \(error.message)", remedy: error.remedy,
          underlying: error)
      }
    } fetch: { model in
      if embedder?.space.model == model { return }
      try await stores.current().trust(configuration, opening.folders).require(model: model)
      _ = try await library.resolve(model) { progress(.model($0)) }
    }
    backends.closerModel = configuration.closerModel
    backends.looksAtTokens = configuration.usesLateInteraction
    backends.rerankingTime = .milliseconds(configuration.rerankMilliseconds)
    backends.approve = {
      try await stores.current().trust(configuration, opening.folders).approve($0)
    }
    return Memory(
      stores: stores, backends: backends, access: opening.access, surroundings: surroundings,
      examiner: OpenedMemoryExaminer(configuration, opening.folders)
    ) { progress(OpenProgress($0)) }
  }
}
