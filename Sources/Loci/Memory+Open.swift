public import Foundation
public import LociCore
public import LociEmbedding
import LociLance
import LociPostgres
import LociSQLite

/// What a memory tells while it does something that takes a while.
public enum OpenProgress: Sendable {
  /// A model is being fetched.
  case model(ModelProgress)
  /// Vectors are being brought over, because the configuration names another backend or path than
  /// the memory was used with before.
  case vectors(ReconciliationReport)
  /// Vectors that should be brought over can't be read where they were: words find what they found
  /// until the place is back, or until a repair made them anew.
  case unreachableVectors(LociError)
  /// Records are being brought over, because the configuration names another store.
  case records(MigrationProgress)
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
    let stores = Stores(
      startingWith: (configuration.storeBackend ?? .sqlite).rawValue, surroundings: surroundings
    ) { name in try await configuration.openStore(name) }
    let library = configuration.modelLibrary(folders, environment)
    let options = configuration.inferenceOptions
    let backends = Backends(
      initial: try await stores.current().initialSide,
      pinnedBackend: configuration.vectorBackend?.rawValue, pinnedModel: configuration.model,
      location: { configuration.location(of: $0, beside: try await stores.current()) }
    ) { backend, location in
      try await configuration.openVectors(
        backend, in: location, beside: try await stores.current(), folders)
    } embedder: { model in
      try await ModelEmbedder.open(model, library: library, options: options) {
        progress(.model($0))
      }
    }
    var memory = Memory(
      stores: stores, backends: backends, surroundings: surroundings, progress: progress)
    memory.survey = EngineSurvey(configuration: configuration, folders: folders)
    memory.privateStore = PrivateStore(configuration, folders)
    try await memory.followStoreToggle(configuration) { progress(.records($0)) }
    return memory
  }
}

extension Configuration {
  func openStore(_ name: String) async throws -> OpenStore {
    switch StoreBackend(rawValue: name) {
    case .sqlite:
      let database = try await SQLiteDatabase.open(at: URL(filePath: storePath))
      var store = OpenStore(
        name: name, records: database.records, ownBackend: VectorBackend.native.rawValue,
        ownVectors: database.vectors)
      store.care = database
      return store
    case .postgres:
      let database = try await PostgresDatabase.open(postgresSettings)
      var store = OpenStore(
        name: name, records: database.records, ownBackend: VectorBackend.postgres.rawValue,
        ownVectors: database.vectors)
      store.care = PostgresCare(database)
      return store
    case nil:
      throw LociError(
        .newerSchema, "This memory's records are in \"\(name)\", which this Loci doesn't know.",
        remedy: "Update Loci.")
    }
  }

  func openVectors(
    _ name: String, in location: String?, beside store: OpenStore, _ folders: Folders
  ) async throws -> any VectorStore {
    if name == store.ownBackend { return store.ownVectors }
    switch VectorBackend(rawValue: name) {
    case .native:
      return try await SQLiteDatabase.open(
        at: vectorFolder(location).appending(path: "native.sqlite"), vectorsFollowRecords: false
      ).vectors
    case .sqliteVec:
      return try await SQLiteVecStore.open(
        at: vectorFolder(location).appending(path: "sqlite-vec.sqlite"),
        extension: SQLiteVecStore.library(in: folders))
    case .lancedb:
      return try await LanceVectorStore.open(lanceSettings(location, folders))
    case .postgres:
      var settings = postgresSettings
      // Records are elsewhere, so these vectors must not wait for them.
      settings.schema += "_vectors"
      return try await PostgresDatabase.open(settings, vectorsFollowRecords: false).vectors
    case nil:
      throw LociError(
        .newerSchema, "This memory's vectors are in \"\(name)\", which this Loci doesn't know.",
        remedy: "Update Loci.")
    }
  }

  var postgresSettings: PostgresSettings {
    var settings = PostgresSettings(connection: postgresURL)
    settings.schema = postgresSchema
    settings.indexKind = postgresIndex
    return settings
  }

  private func lanceSettings(
    _ location: String?, _ folders: Folders
  ) throws -> LanceSettings {
    LanceSettings(
      location: try vectorAddress(location)
        ?? vectorFolder(location).appending(path: "lancedb").path,
      engine: LanceVectorStore.engine(in: folders), index: lanceIndex)
  }
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
