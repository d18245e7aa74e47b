import LociCore

extension ModelEmbedder {
  /// Finds a model on this machine, or fetches it where that is allowed, and loads it.
  ///
  /// ```swift
  /// let embedder = try await ModelEmbedder.open()
  /// let embedding = try await embedder.embed("hello", as: .query)
  /// ```
  /// - Parameters:
  ///   - name: A catalogue name, a hub id, or the path of a folder or an `.onnx` file.
  ///   - library: Where models are looked for.
  ///   - fetches: Whether the hub is asked for what is not here.
  ///   - options: How inference uses the machine.
  ///   - progress: Told now and then what has been fetched, from any thread.
  /// - Throws: What ``ModelLibrary/resolve(_:fetches:progress:)`` throws, and what
  ///   ``init(model:options:)`` does.
  public static func open(
    _ name: String = ModelCatalogue.defaultModel.id, library: ModelLibrary = ModelLibrary(),
    fetches: Bool = true, options: InferenceOptions = InferenceOptions(),
    progress: (@Sendable (ModelProgress) -> Void)? = nil
  ) async throws -> ModelEmbedder {
    // The engine's library is opened while the model's settings are read.
    async let isEngineOpen: Void = Loader().openLibrary(of: options.engine)
    let model = try await library.resolve(name, fetches: fetches, progress: progress)
    await isEngineOpen
    return try await Loader().load(model, options)
  }
}

/// Loads models on a thread that may block.
private actor Loader {
  private let executor = WorkerExecutor(label: "loci.model.loader")

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  /// A hint; loading a model reports what is wrong.
  func openLibrary(of engine: InferenceEngine) {
    if engine == .onnxRuntime { _ = try? OnnxRuntime.shared() }
  }

  func load(_ model: ResolvedModel, _ options: InferenceOptions) throws -> ModelEmbedder {
    try ModelEmbedder(model: model, options: options)
  }
}
