import LociCore
import LociLance
import LociPostgres
import LociRetrieval

/// A value of a setting, as files and variables write it.
public enum SettingValue: Hashable, Sendable, CustomStringConvertible {
  /// Text.
  case text(String)
  /// A whole number.
  case integer(Int)
  /// A number.
  case number(Double)
  /// True or false.
  case boolean(Bool)

  /// The value as TOML writes it, without quotes.
  public var description: String {
    switch self {
    case .text(let text): text
    case .integer(let integer): String(integer)
    case .number(let number): String(number)
    case .boolean(let boolean): String(boolean)
    }
  }

  /// What a variable's or flag's text can mean.
  static func readings(of text: String) -> [SettingValue] {
    let boolean: Bool? =
      switch text.lowercased() {
      case "1", "true", "yes", "on": true
      case "0", "false", "no", "off": false
      default: nil
      }
    return [.text(text)]
      + [
        Numeral.integer(text).map(SettingValue.integer),
        Numeral.number(text).map(SettingValue.number),
        boolean.map(SettingValue.boolean),
      ].compactMap(\.self)
  }
}

/// One setting: its names, what it takes, and its place in ``Configuration``.
///
/// ``all`` is the one table that files, variables, flags, `loci config` and the documentation
/// follow from. A setting's default is the value of its property in a new ``Configuration``.
public struct Setting: Sendable {
  /// Its dotted path in `loci.toml`, such as `recall.limit`.
  public let key: String
  /// The environment variable that overrides files.
  public let variable: String
  /// What it decides, as a sentence.
  public let summary: String
  /// What it takes, such as `a whole number from 1 to 100`.
  public let expected: String
  let isPath: Bool
  let read: @Sendable (Configuration) -> SettingValue?
  /// Sets the property; false where the value is of another type or outside the range.
  let write: @Sendable (inout Configuration, SettingValue) -> Bool

  private init(
    _ key: String, _ variable: String, _ summary: String, expected: String, isPath: Bool = false,
    read: @escaping @Sendable (Configuration) -> SettingValue?,
    write: @escaping @Sendable (inout Configuration, SettingValue) -> Bool
  ) {
    self.key = key
    self.variable = variable
    self.summary = summary
    self.expected = expected
    self.isPath = isPath
    self.read = read
    self.write = write
  }

  /// The setting of a key, or nil.
  public static func named(_ key: String) -> Setting? { all.first { $0.key == key } }

  /// All settings, in the order of the documentation.
  public static let all: [Setting] = [
    text(
      "namespace", "LOCI_NAMESPACE", \.namespace,
      "The namespace that the command works in where no flag names one.",
      expected: "a name of 1 to 256 bytes without control characters"
    ) { (try? Namespace($0)) != nil },
    choice(
      "store.backend", "LOCI_STORE_BACKEND", \.storeBackendName,
      "Where records are kept; by default where the memory was moved to, at first in SQLite.",
      of: StoreBackend.allCases.map(\.rawValue)),
    path("store.path", "LOCI_STORE_PATH", \.storePath, "The file of an SQLite store."),
    text(
      "embeddings.model", "LOCI_MODEL", \.model,
      "The embedding model: a name of the catalogue, a folder, or a hub id; by default the one "
        + "that the memory was moved to, at first \(Configuration.standardModel).",
      expected: "a model's name"),
    choice(
      "embeddings.vector_backend", "LOCI_VECTOR_BACKEND", \.vectorBackendName,
      "Where vectors are searched; by default where the memory was moved to, at first in the "
        + "store itself.", of: VectorBackend.allCases.map(\.rawValue)),
    path(
      "embeddings.vector_path", "LOCI_VECTOR_PATH", \.vectorPath,
      "The folder of vectors that are not in the store itself, or for lancedb an s3:// address; by "
        + "default where the memory was moved to, at first beside the store.",
      expected: "a path or an s3:// address"),
    integer(
      "embeddings.threads", "LOCI_THREADS", \.threads, 1...1024,
      "The threads that compute one batch; by default one per core, at most 8."),
    integer(
      "embeddings.batch_tokens", "LOCI_BATCH_TOKENS", \.batchTokens, 1...1_000_000,
      "How many tokens a batch may have, padding included; by default what the engine likes."),
    boolean(
      "embeddings.offline", "LOCI_OFFLINE", \.isOffline,
      "Whether fetching a model is forbidden, as HF_HUB_OFFLINE does."),
    choice(
      "lancedb.index", "LOCI_LANCEDB_INDEX", \.lanceIndexName,
      "LanceDB's index, built where a table is large enough.",
      of: LanceIndexKind.allCases.map(\.rawValue)),
    secret(
      "postgres.url", "LOCI_POSTGRES_URL", \.postgresURL,
      "How to reach PostgreSQL: postgresql://user@host/database, or libpq's key=value words; what "
        + "it leaves out, PG* variables and ~/.pgpass say."),
    text(
      "postgres.schema", "LOCI_POSTGRES_SCHEMA", \.postgresSchema,
      "The schema that holds Loci's tables, so that several memories can share a database.",
      expected: "a name of 1 to 63 bytes"
    ) { !$0.isEmpty && $0.utf8.count <= 63 },
    choice(
      "postgres.index", "LOCI_POSTGRES_INDEX", \.postgresIndexName,
      "pgvector's index.", of: PostgresSettings.IndexKind.allCases.map(\.rawValue)),
    integer(
      "recall.limit", "LOCI_RECALL_LIMIT", \.recallLimit, 1...10_000,
      "The most hits of an answer."),
    choice(
      "recall.mode", "LOCI_RECALL_MODE", \.recallModeName, "How to find: by meaning, words, both.",
      of: RecallMode.allCases.map(\.rawValue)),
    number(
      "recall.minimum_similarity", "LOCI_MINIMUM_SIMILARITY", \.minimumSimilarity, -1...1,
      "What is less similar to a question is left out, unless it holds every word of it."),
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

extension Setting {
  private typealias Place<Value> = any WritableKeyPath<Configuration, Value> & Sendable

  private static func text(
    _ key: String, _ variable: String, _ place: Place<String>, _ summary: String,
    expected: String,
    accepts: @escaping @Sendable (String) -> Bool = { !$0.allSatisfy(\.isWhitespace) }
  ) -> Setting {
    Setting(key, variable, summary, expected: expected) {
      .text($0[keyPath: place])
    } write: {
      guard case .text(let text) = $1, accepts(text) else { return false }
      $0[keyPath: place] = text
      return true
    }
  }

  private static func text(
    _ key: String, _ variable: String, _ place: Place<String?>, _ summary: String,
    expected: String, isPath: Bool = false,
    accepts: @escaping @Sendable (String) -> Bool = { !$0.allSatisfy(\.isWhitespace) }
  ) -> Setting {
    Setting(key, variable, summary, expected: expected, isPath: isPath) {
      $0[keyPath: place].map(SettingValue.text)
    } write: {
      guard case .text(let text) = $1, accepts(text) else { return false }
      $0[keyPath: place] = text
      return true
    }
  }

  /// What may hold a password is shown without it.
  private static func secret(
    _ key: String, _ variable: String, _ place: Place<String>, _ summary: String
  ) -> Setting {
    Setting(key, variable, summary, expected: "a connection string") {
      $0[keyPath: place].isEmpty ? .text("") : .text("(set; not shown)")
    } write: {
      guard case .text(let text) = $1 else { return false }
      $0[keyPath: place] = text
      return true
    }
  }

  private static func choice(
    _ key: String, _ variable: String, _ place: Place<String>, _ summary: String,
    of choices: [String]
  ) -> Setting {
    text(key, variable, place, summary, expected: oneOf(choices)) { choices.contains($0) }
  }

  private static func choice(
    _ key: String, _ variable: String, _ place: Place<String?>, _ summary: String,
    of choices: [String]
  ) -> Setting {
    text(key, variable, place, summary, expected: oneOf(choices)) { choices.contains($0) }
  }

  private static func oneOf(_ choices: [String]) -> String {
    "one of " + choices.map { "\"\($0)\"" }.joined(separator: ", ")
  }

  private static func path(
    _ key: String, _ variable: String, _ place: Place<String>, _ summary: String
  ) -> Setting {
    Setting(key, variable, summary, expected: "a path", isPath: true) {
      .text($0[keyPath: place])
    } write: {
      guard case .text(let text) = $1, !text.isEmpty else { return false }
      $0[keyPath: place] = text
      return true
    }
  }

  private static func path(
    _ key: String, _ variable: String, _ place: Place<String?>, _ summary: String,
    expected: String
  ) -> Setting {
    text(key, variable, place, summary, expected: expected, isPath: true)
  }

  private static func integer(
    _ key: String, _ variable: String, _ place: Place<Int>, _ range: ClosedRange<Int>,
    _ summary: String
  ) -> Setting {
    Setting(key, variable, summary, expected: wholeNumber(in: range)) {
      .integer($0[keyPath: place])
    } write: {
      guard case .integer(let integer) = $1, range.contains(integer) else { return false }
      $0[keyPath: place] = integer
      return true
    }
  }

  private static func integer(
    _ key: String, _ variable: String, _ place: Place<Int?>, _ range: ClosedRange<Int>,
    _ summary: String
  ) -> Setting {
    Setting(key, variable, summary, expected: wholeNumber(in: range)) {
      $0[keyPath: place].map(SettingValue.integer)
    } write: {
      guard case .integer(let integer) = $1, range.contains(integer) else { return false }
      $0[keyPath: place] = integer
      return true
    }
  }

  private static func wholeNumber(in range: ClosedRange<Int>) -> String {
    "a whole number from \(range.lowerBound) to \(range.upperBound)"
  }

  private static func number(
    _ key: String, _ variable: String, _ place: Place<Double>, _ range: ClosedRange<Double>,
    _ summary: String
  ) -> Setting {
    let expected = "a number from \(range.lowerBound) to \(range.upperBound)"
    return Setting(key, variable, summary, expected: expected) {
      .number($0[keyPath: place])
    } write: {
      let number: Double? =
        switch $1 {
        case .number(let number): number
        case .integer(let integer): Double(integer)
        default: nil
        }
      guard let number, range.contains(number) else { return false }
      $0[keyPath: place] = number
      return true
    }
  }

  private static func boolean(
    _ key: String, _ variable: String, _ place: Place<Bool>, _ summary: String
  ) -> Setting {
    Setting(key, variable, summary, expected: "true or false") {
      .boolean($0[keyPath: place])
    } write: {
      guard case .boolean(let boolean) = $1 else { return false }
      $0[keyPath: place] = boolean
      return true
    }
  }
}
