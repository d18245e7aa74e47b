public import Foundation
public import LociAgents
public import LociCore
public import LociEmbedding
public import LociMemory

/// What a memory tells while it does something that takes a while.
public enum OpenProgress: Sendable {
  /// A model is being fetched.
  case model(ModelProgress)
  /// Something that a user should know about the model's files; see ``ResolvedModel/notes``.
  case modelNote(String)
  /// Vectors are being brought over, because the configuration names another backend or path than
  /// the memory was used with before.
  case vectors(ReconciliationReport)
  /// Vectors that should be brought over can't be read where they were: words find what they found
  /// until the place is back, or until a repair made them anew.
  case unreachableVectors(LociError)
  /// Records are being brought over, because the configuration names another store.
  case records(MigrationProgress)

  init(_ progress: SettingsMoveProgress) {
    self =
      switch progress {
      case .vectors(let report): .vectors(report)
      case .unreachableVectors(let error): .unreachableVectors(error)
      }
  }
}

extension Memory {
  /// Opens the memory that a configuration describes; by default one SQLite file in
  /// `~/.local/share/loci` and all-MiniLM-L6-v2.
  ///
  /// The store is opened, made if it is missing, and brought up to date. The model and the vectors
  /// are opened when they are first needed.
  ///
  /// The records stay where they are: a configuration that names another store is refused.
  /// - Parameters:
  ///   - configuration: What to use.
  ///   - access: With `reading` nothing is made, fetched or moved; a recall alone brings vectors to
  ///     where the configuration wants them.
  ///   - folders: Where models and engines lie.
  ///   - surroundings: The clock and new ids.
  ///   - environment: The variables that say how the model hub is reached.
  ///   - progress: Told now and then about what takes a while.
  /// - Throws: ``LociError/Code/untrusted`` where settings of a project's file were left aside,
  ///   ``LociError/Code/conflict`` where the records are in another store than the configuration
  ///   names, and what opening the store throws: `corrupt`, `newerSchema`, `readOnly`, `diskFull`
  ///   or `busy`; for PostgreSQL also `network` and `forbidden`; when reading also `notFound`.
  public static func open(
    _ configuration: Configuration = Configuration(), access: StoreAccess = .writing,
    folders: Folders = Folders(), surroundings: Surroundings = Surroundings(),
    environment: [String: String] = ProcessInfo.processInfo.environment,
    progress: @escaping @Sendable (OpenProgress) -> Void = { _ in }
  ) async throws -> Memory {
    let opening = MemoryOpening(
      Opening(configuration: configuration, folders: folders, access: access),
      surroundings: surroundings, environment: environment, progress: progress)
    let memory = try await opening.memory()
    try await memory.requireRecordsWhere(configuration)
    memory.startUpkeep(configuration, access)
    return memory
  }

  /// Opens the memory that a configuration describes with an embedder of the app's own, in place of
  /// the model that it names. No model is looked for or fetched.
  ///
  /// ```swift
  /// let memory = try await Memory.open(embedder: MyEmbedder())
  /// ```
  /// Vectors of another model that the memory was used with before are made anew at the first use
  /// of vectors, as with another model in the configuration.
  /// - Parameters:
  ///   - embedder: Makes the vectors. Its space's model, revision and dimension say which vectors
  ///     may be compared: another one is another space.
  ///   - configuration: What else to use.
  ///   - access: With `reading` nothing is made or moved.
  ///   - folders: Where engines lie.
  ///   - surroundings: The clock and new ids.
  ///   - environment: The process's variables.
  ///   - progress: Told now and then about what takes a while.
  /// - Throws: As ``open(_:access:folders:surroundings:environment:progress:)``.
  public static func open(
    _ configuration: Configuration = Configuration(), embedder: any Embedder,
    access: StoreAccess = .writing, folders: Folders = Folders(),
    surroundings: Surroundings = Surroundings(),
    environment: [String: String] = ProcessInfo.processInfo.environment,
    progress: @escaping @Sendable (OpenProgress) -> Void = { _ in }
  ) async throws -> Memory {
    var opening = MemoryOpening(
      Opening(configuration: configuration, folders: folders, access: access),
      surroundings: surroundings, environment: environment, progress: progress)
    opening.embedder = embedder
    let memory = try await opening.memory()
    try await memory.requireRecordsWhere(configuration)
    memory.startUpkeep(configuration, access)
    return memory
  }

  /// Opens a memory to move its records: wherever they are, that is where it begins.
  package static func openToMove(
    _ configuration: Configuration, folders: Folders = Folders(),
    environment: [String: String] = ProcessInfo.processInfo.environment,
    progress: @escaping @Sendable (OpenProgress) -> Void = { _ in }
  ) async throws -> Memory {
    let opening = MemoryOpening(
      Opening(configuration: configuration, folders: folders, access: .writing),
      environment: environment, progress: progress)
    let memory = try await opening.memory()
    try await memory.serveRecordsWhereTheyAre(configuration)
    return memory
  }
}

extension Memory {
  /// Starts upkeep in the background, where that is wanted.
  private func startUpkeep(_ configuration: Configuration, _ access: StoreAccess) {
    guard configuration.upkeepIsAutomatic, access == .writing else { return }
    keepUp(configuration.upkeepRules)
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
    var options = InferenceOptions(engine: engine, precision: precision)
    if let threads { options.threads = threads }
    if let batchTokens { options.tokensPerBatch = batchTokens }
    return options
  }

  /// How ingestion cuts and reads.
  public var ingestOptions: IngestOptions {
    var options = IngestOptions(
      chunkTokens: chunkTokens, overlapTokens: overlapTokens,
      maximumFileBytes: maximumFileMebibytes << 20)
    options.keeping = FileLimits(versions: fileVersions, bytes: fileMebibytes << 20)
    return options
  }

  /// When a new segment of an episode begins.
  public var episodeRules: EpisodeRules {
    EpisodeRules(
      longestPause: .seconds(60 * episodePauseMinutes),
      leastSimilarity: episodeLeastSimilarity > -1
        ? Similarity(Float(episodeLeastSimilarity)) : nil)
  }

  /// What upkeep does, and after which time.
  public var upkeepRules: UpkeepRules {
    UpkeepRules(
      retentionDays: retentionDays, archiveDays: archiveDays,
      decay: EpisodeDecay(from: decayFirstDay, until: decayLastDay),
      consolidationSimilarity: Similarity(Float(consolidationSimilarity)),
      backupFolder: backupFolder, backupsKept: backupsKept)
  }
}
