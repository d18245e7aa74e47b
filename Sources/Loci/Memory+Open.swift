public import Foundation
public import LociCore
public import LociEmbedding
import LociSQLite

extension Memory {
  /// Opens the memory that a configuration describes; by default one SQLite file in
  /// `~/.local/share/loci` and all-MiniLM-L6-v2.
  ///
  /// The store is opened, made if it is missing, and brought up to date. The model is loaded when
  /// it is first needed.
  /// - Parameters:
  ///   - configuration: What to use.
  ///   - folders: Where models and engines lie.
  ///   - surroundings: The clock and new ids.
  ///   - environment: The variables that say how the model hub is reached.
  ///   - modelProgress: Told now and then what has been fetched, where a model has to be.
  /// - Throws: What opening the store throws: ``LociError`` with `corrupt`, `newerSchema`,
  ///   `readOnly`, `diskFull` or `busy`.
  public static func open(
    _ configuration: Configuration = Configuration(), folders: Folders = Folders(),
    surroundings: Surroundings = Surroundings(),
    environment: [String: String] = ProcessInfo.processInfo.environment,
    modelProgress: (@Sendable (ModelProgress) -> Void)? = nil
  ) async throws -> Memory {
    let database = try await SQLiteDatabase.open(at: URL(filePath: configuration.storePath))
    let library = configuration.modelLibrary(folders, environment)
    let (model, options) = (configuration.model, configuration.inferenceOptions)
    return Memory(
      records: database.records, vectors: database.vectors, care: database,
      surroundings: surroundings
    ) {
      try await ModelEmbedder.open(
        model, library: library, options: options, progress: modelProgress)
    }
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
