import Foundation
public import LociCore
public import LociEmbedding
import LociMemory
public import LociRetrieval

#if LanceDB
  public import LociLance
#endif
#if PostgreSQL
  public import LociPostgres
#endif

/// How a memory is set up. A new value holds the defaults; an app changes what it likes.
///
/// The command reads it with ``load(environment:workingDirectory:file:overrides:)``. What each
/// property is called in `loci.toml` and in the environment stands in ``Setting/all``.
public struct Configuration: Sendable {
  /// The namespace that the command works in where no flag names one.
  public var namespace = "default"

  /// Where records are kept; nil: where the memory was moved to, at first in SQLite.
  public var storeBackend: StoreBackend?
  /// The file of an SQLite store.
  public var storePath: String

  /// The embedding model: a name of the catalogue, a folder, or a hub id; nil: the one that the
  /// memory was moved to, at first ``standardModel``.
  public var model: String?
  /// A second, larger model, whose vectors are kept beside the first one's, and order the best hits
  /// anew; nil: none.
  public var closerModel: String?
  /// Where vectors are searched; nil: where the memory was moved to, at first in the store itself.
  public var vectorBackend: VectorBackend?
  /// The folder of vectors that are not in the store itself, or for LanceDB an `s3://` address;
  /// nil: where the memory was moved to, at first beside the store's file.
  public var vectorPath: String?
  /// What computes a model that comes as tensors.
  public var engine = InferenceEngine.loci
  /// How exact Loci's own engine is.
  public var precision = InferencePrecision.bfloat16
  /// The threads that compute one batch; nil: one per core, at most 8.
  public var threads: Int?
  /// How many tokens a batch may have, padding included; nil: what the engine likes.
  public var batchTokens: Int?
  /// Whether fetching a model is forbidden.
  public var isOffline = false

  #if LanceDB
    /// LanceDB's index.
    public var lanceIndex = LanceIndexKind.ivfRQ
  #endif
  #if PostgreSQL
    /// How to reach PostgreSQL, as libpq reads it; it may hold a password.
    public var postgresURL = ""
    /// The schema that holds Loci's tables.
    public var postgresSchema = "loci"
    /// pgvector's index.
    public var postgresIndex = PostgresSettings.IndexKind.hnsw
  #endif

  /// The most hits of an answer, 1…10,000.
  public var recallLimit = 10
  /// How to find.
  public var recallMode = RecallMode.hybrid
  /// What is less similar to a question is left out, unless it holds every word of it; −1…1, where
  /// −1 leaves nothing out.
  public var minimumSimilarity = -1.0

  /// Whether the vectors of the model's own tokens look at the best hits once more, where no second
  /// model does.
  public var usesLateInteraction = false
  /// How long the second model, or late interaction, may look at the best hits, in milliseconds,
  /// 1…600,000; after it, the first order stays.
  public var rerankMilliseconds = 1000

  /// The most tokens of a chunk; nil: what the model reads, at most 512.
  public var chunkTokens: Int?
  /// What a chunk repeats where a paragraph had to be cut; nil: 50 tokens, at most half a chunk.
  public var overlapTokens: Int?
  /// The size that a file may have, in MiB.
  public var maximumFileMebibytes = 50
  /// How many earlier versions of an ingested file are kept, 0…1000.
  public var fileVersions = FileLimits.defaultVersions
  /// How much of the texts of an ingested file is kept, in MiB, 1…4096.
  public var fileMebibytes = FileLimits.defaultBytes >> 20

  /// The folder of backups; nil: beside the store, its name and `.backups`.
  public var backupPath: String?
  /// How many backups are kept in it, 1…10,000.
  public var backupsKept = Memory.backupsKept

  /// The minutes of silence after which a new segment of an episode begins, 1…100,000.
  public var episodePauseMinutes = 30
  /// Where what is said is less similar than this to what was said before, a new segment of an
  /// episode begins, −1…1; at −1 never.
  public var episodeLeastSimilarity = 0.75

  /// Whether upkeep runs by itself, in the background, when the memory is opened and the last run
  /// is over a day old. It leaves compaction out, for which others have to wait.
  public var upkeepIsAutomatic = false
  /// After how many days without use upkeep erases episodes, 0…100,000; 0 keeps them for ever.
  public var retentionDays = 365
  /// After how many days without use upkeep archives episodes, 0…100,000; 0 never does.
  public var archiveDays = 180
  /// The first day without use on which an episode loses anything, 0…100,000.
  public var decayFirstDay = 90
  /// The day without use from which on nothing of an episode is left, 1…100,000.
  public var decayLastDay = 180
  /// From which similarity on upkeep unites episodes, −1…1.
  public var consolidationSimilarity = 0.85

  /// What a project's file sets although it is not trusted; nil where there is nothing.
  public internal(set) var untrusted: Untrusted?

  /// Where each value that is not the default was set, by key.
  var origins: [String: Origin] = [:]

  /// Makes a configuration of defaults.
  ///
  /// ```swift
  /// var configuration = Configuration()
  /// configuration.storePath = folder.appending(path: "memory.sqlite").path
  /// let memory = try await Memory.open(configuration)
  /// ```
  public init(folders: Folders = Folders()) { storePath = folders.store.path }

  /// Where a value came from.
  public enum Origin: Hashable, Sendable, CustomStringConvertible {
    /// Nobody set it.
    case standard
    /// A file, by its path, and a line.
    case file(String, line: Int)
    /// An environment variable.
    case environment(String)
    /// The caller: a flag of the command.
    case explicit

    /// A few words such as `/home/ada/loci.toml:3`.
    public var description: String {
      switch self {
      case .standard: "default"
      case .file(let path, let line): "\(path):\(line)"
      case .environment(let variable): variable
      case .explicit: "flag"
      }
    }
  }

  /// One line of the configuration: a setting, its value, and where that came from.
  public struct Entry: Sendable {
    /// The setting.
    public let setting: Setting
    /// The value; nil where the engine or the model decides.
    public let value: SettingValue?
    /// Where the value came from.
    public let origin: Origin
  }

  /// Settings of a project's file that were left aside, since the user does not trust it.
  public struct Untrusted: Hashable, Sendable {
    /// The file.
    public let path: String
    /// The settings.
    public let keys: [String]
  }

  /// Throws ``LociError/Code/untrusted`` where settings of a project's file were left aside: going
  /// on without them could put what is remembered elsewhere than the project means it to be.
  public func requireTrusted() throws(LociError) {
    guard let untrusted else { return }
    throw LociError(
      .untrusted,
      "\(untrusted.path) sets \(untrusted.keys.joined(separator: ", ")), and "
        + "you have not trusted it as it is now.",
      remedy: "Read it, then run `loci trust`; or name your own file with --config.")
  }

  /// Where the value of a key came from. What an app assigned to a property counts as default.
  public func origin(of key: String) -> Origin { origins[key] ?? .standard }

  /// The model of a memory that was never moved.
  public static let standardModel = VectorSide.standardModel
}
