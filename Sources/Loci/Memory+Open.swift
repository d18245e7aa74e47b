public import Foundation
public import LociCore
public import LociEmbedding
import LociSQLite

/// What a memory tells while it does something that takes a while.
public enum OpenProgress: Sendable {
  /// A model is being fetched.
  case model(ModelProgress)
  /// Vectors are being brought over, because the configuration names another backend than the
  /// memory was used with before.
  case vectors(ReconciliationReport)
}

extension Memory {
  /// Opens the memory that a configuration describes; by default one SQLite file in
  /// `~/.local/share/loci` and all-MiniLM-L6-v2.
  ///
  /// The store is opened, made if it is missing, and brought up to date. The model and the vectors
  /// are opened when they are first needed.
  /// - Parameters:
  ///   - configuration: What to use.
  ///   - folders: Where models and engines lie.
  ///   - surroundings: The clock and new ids.
  ///   - environment: The variables that say how the model hub is reached.
  ///   - progress: Told now and then about what takes a while.
  /// - Throws: What opening the store throws: ``LociError`` with `corrupt`, `newerSchema`,
  ///   `readOnly`, `diskFull` or `busy`; for PostgreSQL also `network` and `forbidden`.
  public static func open(
    _ configuration: Configuration = Configuration(), folders: Folders = Folders(),
    surroundings: Surroundings = Surroundings(),
    environment: [String: String] = ProcessInfo.processInfo.environment,
    progress: @escaping @Sendable (OpenProgress) -> Void = { _ in }
  ) async throws -> Memory {
    let store = try await configuration.openStore()
    let library = configuration.modelLibrary(folders, environment)
    let options = configuration.inferenceOptions
    let backends = Backends(
      initial: configuration.initialSide, pinnedBackend: configuration.vectorBackend?.rawValue,
      pinnedModel: configuration.model
    ) { backend in
      try await configuration.openVectors(backend, beside: store, folders)
    } embedder: { model in
      try await ModelEmbedder.open(model, library: library, options: options) {
        progress(.model($0))
      }
    }
    let sides = VectorSides(records: store.records, backends: backends, now: surroundings.now) {
      progress(.vectors($0))
    }
    return Memory(
      records: store.records, sides: sides, care: store.care, surroundings: surroundings)
  }
}

/// An open store of records, and the vectors that live in it.
struct OpenStore: Sendable {
  let records: any RecordStore
  let ownVectors: any VectorStore
  let care: any StoreCare
}

extension Configuration {
  /// The side of a memory that was never moved.
  var initialSide: VectorSide {
    VectorSide(backend: storeBackend.ownVectors.rawValue, model: Self.standardModel)
  }

  func openStore() async throws -> OpenStore {
    switch storeBackend {
    case .sqlite:
      let database = try await SQLiteDatabase.open(at: URL(filePath: storePath))
      return OpenStore(
        records: database.records, ownVectors: database.vectors, care: database)
    case .postgres:
      throw LociError(.unsupported, "not yet")
    }
  }

  func openVectors(
    _ name: String, beside store: OpenStore, _ folders: Folders
  ) async throws -> any VectorStore {
    guard let backend = VectorBackend(rawValue: name) else {
      throw LociError(
        .newerSchema, "This memory's vectors are in \"\(name)\", which this Loci doesn't know.",
        remedy: "Update Loci.")
    }
    if backend == storeBackend.ownVectors { return store.ownVectors }
    switch backend {
    case .native:
      return try await SQLiteDatabase.open(
        at: vectorFolder.appending(path: "native.sqlite"), vectorsFollowRecords: false
      ).vectors
    case .sqliteVec, .lancedb, .postgres:
      throw LociError(.unsupported, "not yet")
    }
  }

  /// Where vectors lie that are not in the store itself.
  private var vectorFolder: URL { URL(filePath: vectorPath ?? storePath + ".vectors") }
}

extension Configuration {
  /// The models that this configuration may use.
  public func modelLibrary(
    _ folders: Folders = Folders(),
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> ModelLibrary {
    var environment = environment
    if isOffline { environment["HF_HUB_OFFLINE"] = "1" }
    return ModelLibrary(folders: folders, environment: environment)
  }

  /// How inference uses the machine.
  public var inferenceOptions: InferenceOptions {
    var options = InferenceOptions()
    if let threads { options.threads = threads }
    if let batchTokens { options.tokensPerBatch = batchTokens }
    return options
  }

  /// How ingestion cuts and reads.
  public var ingestOptions: IngestOptions {
    IngestOptions(
      chunkTokens: chunkTokens, overlapTokens: overlapTokens,
      maximumFileBytes: maximumFileMebibytes << 20)
  }
}
