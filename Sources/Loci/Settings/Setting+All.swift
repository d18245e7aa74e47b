import LociCore
import LociEmbedding
import LociRetrieval

extension Setting {
  /// The setting of a key, or nil.
  public static func named(_ key: String) -> Setting? { all.first { $0.key == key } }

  /// All settings, in the order of the documentation.
  public static let all =
    records + StoreBackend.engines.flatMap(\.settings) + embeddings
    + VectorBackend.engines.flatMap(\.settings) + finding + files + episodes + upkeep
    + backups

  /// Those that name a model, or the folder of one.
  static let models: Set<String> = ["embeddings.model", "embeddings.closer_model"]

  private static let records: [Setting] = [
    text(
      "namespace", "LOCI_NAMESPACE", \.namespace,
      "The namespace that the command works in where no flag names one.",
      expected: "a name of 1 to 256 bytes without control characters"
    ) { (try? Namespace($0)) != nil },
    choice(
      "store.backend", "LOCI_STORE_BACKEND", \.storeBackendName,
      "Where records are kept; by default where the memory was moved to, at first in SQLite.",
      of: StoreBackend.allCases.map(\.rawValue)),
  ]

  private static let embeddings: [Setting] = [
    text(
      "embeddings.model", "LOCI_MODEL", \.model,
      "The embedding model: a name of the catalogue, a folder, or a hub id; by default the one "
        + "that the memory was moved to, at first \(Configuration.standardModel).",
      expected: "a model's name"),
    text(
      "embeddings.closer_model", "LOCI_CLOSER_MODEL", \.closerModel,
      "A second, larger model, whose vectors are kept beside the first one's and order the best "
        + "hits anew; by default none.", expected: "a model's name"),
    choice(
      "embeddings.vector_backend", "LOCI_VECTOR_BACKEND", \.vectorBackendName,
      "Where vectors are searched; by default where the memory was moved to, at first in the "
        + "store itself.", of: VectorBackend.allCases.map(\.rawValue)),
    path(
      "embeddings.vector_path", "LOCI_VECTOR_PATH", \.vectorPath,
      "The folder of vectors that are not in the store itself, or for lancedb an s3:// address; by "
        + "default where the memory was moved to, at first beside the store.",
      expected: "a path or an s3:// address"),
    choice(
      "embeddings.engine", "LOCI_ENGINE", \.engineName,
      "What computes a model that comes as tensors; an .onnx file needs onnxruntime anyway.",
      of: InferenceEngine.allCases.map(\.rawValue)),
    choice(
      "embeddings.precision", "LOCI_PRECISION", \.precisionName,
      "What Loci's own engine rounds weights to; vectors of both may be compared.",
      of: InferencePrecision.allCases.map(\.rawValue)),
    integer(
      "embeddings.threads", "LOCI_THREADS", \.threads, 1...1024,
      "The threads that compute one batch; by default one per core, at most 8."),
    integer(
      "embeddings.batch_tokens", "LOCI_BATCH_TOKENS", \.batchTokens, 1...1_000_000,
      "How many tokens a batch may have, padding included; by default what the engine likes."),
    boolean(
      "embeddings.offline", "LOCI_OFFLINE", \.isOffline,
      "Whether fetching a model is forbidden, as HF_HUB_OFFLINE does."),
  ]

  private static let episodes: [Setting] = [
    integer(
      "episodes.pause_minutes", "LOCI_EPISODE_PAUSE_MINUTES", \.episodePauseMinutes, 1...100_000,
      "After how many minutes of silence a new segment of an episode begins."),
    number(
      "episodes.least_similarity", "LOCI_EPISODE_LEAST_SIMILARITY", \.episodeLeastSimilarity,
      -1...1,
      "A new segment of an episode begins where something is less similar than this to what was "
        + "said before; at -1 never."),
  ]

  private static let upkeep: [Setting] = [
    boolean(
      "upkeep.automatic", "LOCI_UPKEEP_AUTOMATIC", \.upkeepIsAutomatic,
      "Whether upkeep runs by itself, in the background, when the memory is opened and the last "
        + "run is over a day old; compaction is left out then."),
    integer(
      "upkeep.retention_days", "LOCI_RETENTION_DAYS", \.retentionDays, 0...100_000,
      "After how many days without use upkeep erases episodes; 0 keeps them for ever. Nothing but "
        + "episodes is erased."),
    integer(
      "upkeep.archive_days", "LOCI_ARCHIVE_DAYS", \.archiveDays, 0...100_000,
      "After how many days without use upkeep archives episodes; 0 never does."),
    integer(
      "upkeep.decay_from_days", "LOCI_DECAY_FROM_DAYS", \.decayFirstDay, 0...100_000,
      "The first day without use on which an episode loses anything."),
    integer(
      "upkeep.decay_until_days", "LOCI_DECAY_UNTIL_DAYS", \.decayLastDay, 1...100_000,
      "The day without use from which on nothing of an episode is left."),
    number(
      "upkeep.consolidation_similarity", "LOCI_CONSOLIDATION_SIMILARITY",
      \.consolidationSimilarity, -1...1,
      "From which similarity on upkeep unites episodes that have ended and whose words allow it."),
  ]

  private static let files: [Setting] = [
    integer(
      "files.versions", "LOCI_FILE_VERSIONS", \.fileVersions, 0...1000,
      "How many earlier versions of an ingested file are kept; 0 keeps no texts of files."),
    integer(
      "files.mebibytes", "LOCI_FILE_MEBIBYTES", \.fileMebibytes, 1...4096,
      "How much of the texts of an ingested file is kept, in MiB; the oldest go first."),
  ]

  private static let backups: [Setting] = [
    path(
      "backup.path", "LOCI_BACKUP_PATH", \.backupPath,
      "The folder of backups; by default beside the store.", expected: "a path"),
    integer(
      "backup.keep", "LOCI_BACKUP_KEEP", \.backupsKept, 1...10_000,
      "How many backups are kept."),
  ]

  private static let finding: [Setting] = [
    integer(
      "recall.limit", "LOCI_RECALL_LIMIT", \.recallLimit, 1...10_000,
      "The most hits of an answer."),
    choice(
      "recall.mode", "LOCI_RECALL_MODE", \.recallModeName, "How to find: by meaning, words, both.",
      of: RecallMode.allCases.map(\.rawValue)),
    number(
      "recall.minimum_similarity", "LOCI_MINIMUM_SIMILARITY", \.minimumSimilarity, -1...1,
      "What is less similar to a question is left out, unless it holds every word of it; -1 leaves "
        + "nothing out."),
    boolean(
      "recall.late_interaction", "LOCI_LATE_INTERACTION", \.usesLateInteraction,
      "Whether the vectors of the model's own tokens look at the best hits once more, where no "
        + "second model does."),
    integer(
      "recall.rerank_milliseconds", "LOCI_RERANK_MILLISECONDS", \.rerankMilliseconds, 1...600_000,
      "How long the second model, or late interaction, may look at the best hits; after it, the "
        + "first order stays."),
    integer(
      "ingest.chunk_tokens", "LOCI_CHUNK_TOKENS", \.chunkTokens, 1...1_000_000,
      "The most tokens of a chunk; by default what the model reads, at most 512."),
    integer(
      "ingest.overlap_tokens", "LOCI_OVERLAP_TOKENS", \.overlapTokens, 0...500_000,
      "What a chunk repeats where a paragraph had to be cut; by default 50 tokens, at most half "
        + "a chunk."),
    integer(
      "ingest.maximum_file_mebibytes", "LOCI_MAXIMUM_FILE_MEBIBYTES", \.maximumFileMebibytes,
      1...4096, "The size that a file may have, in MiB."),
  ]
}
