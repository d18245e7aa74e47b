import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Configuration from files, variables and flags")
struct ConfigurationTests {
  private let folder: TemporaryFolder
  private let environment: [String: String]

  init() throws {
    folder = try TemporaryFolder()
    environment = ["HOME": folder.url.path]
    for name in [".config/loci", "project"] {
      try FileManager.default.createDirectory(
        at: folder.file(name), withIntermediateDirectories: true)
    }
  }

  private func write(_ text: String, to path: String = "project/loci.toml") throws {
    try Data(text.utf8).write(to: folder.file(path))
  }

  private func load(
    _ variables: [String: String] = [:], _ overrides: [String: String] = [:], file: String? = nil
  ) throws -> Configuration {
    try Configuration.load(
      environment: environment.merging(variables) { $1 },
      workingDirectory: folder.file("project"), file: file.map(folder.file), overrides: overrides)
  }

  private func failure(
    _ variables: [String: String] = [:], _ overrides: [String: String] = [:]
  ) throws -> LociError {
    try #require(throws: LociError.self) { try load(variables, overrides) }
  }

  @Test("A variable's number is one as it is printed; what could mean something else is refused")
  func numerals() throws {
    for text in ["+5", "05", "0x10", "1e1", "1_0", "5.0", " 5", "٥", "nan"] {
      #expect(throws: LociError.self, "\(text)") { try load(["LOCI_RECALL_LIMIT": text]) }
    }
    for text in ["nan", "inf", "0x0", "+0.5", "0x1p-1", "1.", "00.5"] {
      #expect(throws: LociError.self, "\(text)") { try load(["LOCI_MINIMUM_SIMILARITY": text]) }
    }
    #expect(try load(["LOCI_RECALL_LIMIT": "5"]).recallLimit == 5)
    for text in ["0.5", ".5", "5e-1"] {
      #expect(try load(["LOCI_MINIMUM_SIMILARITY": text]).minimumSimilarity == 0.5)
    }
    #expect(try load(["LOCI_MINIMUM_SIMILARITY": "-1"]).minimumSimilarity == -1)
  }

  @Test("Nothing set gives the defaults, and says so")
  func defaults() throws {
    let configuration = try load()
    #expect(configuration.storeBackend == nil)
    #expect(configuration.vectorBackend == nil)
    #expect(configuration.model == nil)
    #expect(configuration.recallLimit == 10)
    #expect(configuration.recallMode == .hybrid)
    #expect(configuration.threads == nil)
    #expect(configuration.storePath == folder.file(".local/share/loci/memory.sqlite").path)
    #expect(configuration.entries.allSatisfy { $0.origin == .standard })
    #expect(
      configuration.minimumSimilarity == -1)
  }

  @Test("A flag wins over a variable, that over the project's file, that over the user's")
  func precedence() throws {
    let key = "recall.limit"
    try write("[recall]\nlimit = 2\nmode = \"lexical\"\n", to: ".config/loci/loci.toml")
    var configuration = try load()
    #expect(configuration.recallLimit == 2)
    #expect(
      configuration.origin(of: key)
        == .file(folder.file(".config/loci/loci.toml").path, line: 2))
    try write("# first\n\n[recall]\nlimit = 3\n")
    configuration = try load()
    #expect(configuration.recallLimit == 3)
    #expect(configuration.recallMode == .lexical, "files are laid over each other")
    #expect(
      configuration.origin(of: key) == .file(folder.file("project/loci.toml").path, line: 4))
    configuration = try load(["LOCI_RECALL_LIMIT": "4"])
    #expect(configuration.recallLimit == 4)
    #expect(configuration.origin(of: key).description == "LOCI_RECALL_LIMIT")
    configuration = try load(["LOCI_RECALL_LIMIT": "4"], [key: "5"])
    #expect(configuration.recallLimit == 5)
    #expect(configuration.origin(of: key) == .explicit)
    #expect(try load(["LOCI_RECALL_LIMIT": ""]).recallLimit == 3, "empty counts as unset")
  }

  @Test("A named file takes the place of both files, and must be there")
  func namedFile() throws {
    try write("[recall]\nlimit = 3\n")
    try write("[recall]\nmode = \"semantic\"\n", to: "other.toml")
    try write("[recall]\nmode = \"lexical\"\n", to: "flag.toml")
    let variables = ["LOCI_CONFIG": folder.file("other.toml").path]
    #expect(try load(variables).recallLimit == 10)
    #expect(try load(variables).recallMode == .semantic)
    #expect(try load(variables, file: "flag.toml").recallMode == .lexical)
    #expect(try load(["LOCI_CONFIG": "../other.toml"]).recallMode == .semantic)
    #expect(try failure(["LOCI_CONFIG": "missing.toml"]).code == .notFound)
  }

  @Test("A relative path starts at the file that holds it, else at the working directory")
  func paths() throws {
    try write("[store]\npath = \"data/m.sqlite\"\n")
    try TrustList(Folders(environment: environment)).trust(
      projectFile: folder.file("project/loci.toml").path)
    #expect(try load().storePath == folder.file("project/data/m.sqlite").path)
    #expect(
      try load(["LOCI_STORE_PATH": "../m.sqlite"]).storePath == folder.file("m.sqlite").path)
    #expect(try load([:], ["store.path": "~/m.sqlite"]).storePath == folder.file("m.sqlite").path)
    #expect(try load([:], ["store.path": "/x/m.sqlite"]).storePath == "/x/m.sqlite")
  }

  @Test("An unknown key is refused with its file, line, and the nearest valid key")
  func unknownKey() throws {
    try write("[recall]\nlimit = 3\nlimti = 4\n")
    let error = try failure()
    #expect(error.code == .invalidConfiguration)
    #expect(error.message.contains("project/loci.toml:3"))
    #expect(error.message.contains("recall.limti"))
    #expect(error.remedy?.contains("\"recall.limit\"") == true)
    try write("[elephants]\n")
    #expect(try failure().code == .invalidConfiguration)
    #expect(try failure([:], ["modell": "x"]).code == .invalidConfiguration)
    try write("[recall]\n")
    #expect(try load().recallLimit == 10, "an empty section of ours is fine")
  }

  @Test(
    "A value of another type or outside the range is refused with what is expected",
    arguments: [
      ("recall.limit", "\"3\"", "whole number"), ("recall.limit", "0", "from 1"),
      ("recall.limit", "1.5", "whole number"), ("recall.limit", "[1]", "whole number"),
      ("recall.mode", "\"fuzzy\"", "\"hybrid\""), ("embeddings.offline", "1", "true or false"),
      ("recall.minimum_similarity", "1.5", "from -1.0 to 1.0"),
      ("recall.minimum_similarity", "nan", "from -1.0 to 1.0"),
      ("embeddings.model", "\"  \"", "model"), ("namespace", "\"\"", "name"),
      ("store.path", "1979-05-27", "path"), ("embeddings.threads", "-1", "from 1"),
      ("store.backend", "\"oracle\"", "\"sqlite\""), ("recall", "3", "setting"),
    ])
  func wrongValue(key: String, value: String, expected: String) throws {
    try write("# a line\n\(key) = \(value)\n")
    let error = try failure()
    #expect(error.code == .invalidConfiguration)
    #expect(error.message.contains("loci.toml:2"), "\(error)")
    #expect(error.message.contains(expected), "\(error)")
  }

  @Test("Variables are read as their settings' types")
  func variables() throws {
    let configuration = try load([
      "LOCI_OFFLINE": "yes", "LOCI_MINIMUM_SIMILARITY": "0", "LOCI_THREADS": "3",
      "LOCI_MODEL": "7",
    ])
    #expect(configuration.isOffline)
    #expect(configuration.minimumSimilarity == 0)
    #expect(configuration.threads == 3)
    #expect(configuration.model == "7", "a number can be a name")
    #expect(try !load(["LOCI_OFFLINE": "0"]).isOffline)
    let error = try failure(["LOCI_THREADS": "many"])
    #expect(error.message.contains("LOCI_THREADS") && error.message.contains("whole number"))
  }

  @Test("An overlap of more than half a chunk is refused")
  func overlap() throws {
    try write("[ingest]\nchunk_tokens = 100\noverlap_tokens = 51\n")
    #expect(try failure().message.contains("loci.toml:3"))
    #expect(try load(["LOCI_OVERLAP_TOKENS": "50"]).overlapTokens == 50)
  }

  @Test("Broken TOML is refused with line and column, whatever the bytes")
  func brokenFile() throws {
    try write("[recall]\nlimit = = 3\n")
    let error = try failure()
    #expect(error.code == .invalidConfiguration)
    #expect(error.message.contains("project/loci.toml:2:"))
    try Data([0x61, 0xFF]).write(to: folder.file("project/loci.toml"))
    #expect(try failure().code == .corrupt)
    try write(String(repeating: "[", count: 100_000))
    #expect(try failure().code == .invalidConfiguration)
    try write("a = " + String(repeating: "{a=", count: 100_000))
    #expect(try failure().code == .invalidConfiguration)
    try write(String(repeating: "a.", count: 100_000) + "a = 1")
    #expect(try failure().code == .invalidConfiguration)
    try write("\"recall\\u0000.limit\" = 1")
    #expect(try failure().code == .invalidConfiguration)
  }

  @Test("Random edits of a file never crash the reader")
  func randomEdits() throws {
    let pieces = ["[", "]", "\"", "=", "\n", ".", "{", "}", "'", "\\", "recall", "1", "é", "\u{0}"]
    for seed in UInt64(1)...300 {
      var generator = SeededGenerator(seed: seed)
      var text = Array(Configuration.exampleFile)
      for _ in 0...3 {
        let place = Int.random(in: 0..<text.count, using: &generator)
        let piece = pieces.randomElement(using: &generator) ?? ""
        text.replaceSubrange(place..<min(text.count, place + 2), with: piece)
      }
      try write(String(text))
      do { _ = try load() } catch is LociError {}
    }
  }

  @Test("The example file names every setting once, and reading it changes nothing")
  func example() throws {
    let text = Configuration.exampleFile
    try write(text)
    let configuration = try load()
    for (entry, standard) in zip(configuration.entries, try load(file: nil).entries) {
      #expect(entry.value == standard.value)
    }
    for setting in Setting.all {
      #expect(text.contains(setting.summary) && text.contains(setting.variable))
      #expect(!setting.summary.isEmpty && setting.summary.hasSuffix("."))
    }
    #expect(Set(Setting.all.map(\.key)).count == Setting.all.count)
    #expect(Set(Setting.all.map(\.variable)).count == Setting.all.count)
    let uncommented = text.split(separator: "\n")
      .map { $0.hasPrefix("# ") && $0.hasSuffix(" =") ? "" : String($0) }.joined(separator: "\n")
    #expect(!uncommented.contains("# threads"))
  }

  @Test("An app changes properties, or sets a key as a flag does")
  func byHand() throws {
    var configuration = Configuration()
    configuration.recallLimit = 3
    try configuration.set("recall.mode", to: "lexical")
    #expect(configuration.recallMode == .lexical)
    #expect(configuration.origin(of: "recall.mode") == .explicit)
    let value = configuration.entries.first { $0.setting.key == "recall.limit" }?.value
    #expect(value == .integer(3))
    #expect(throws: LociError.self) { try configuration.set("recall.mode", to: "x") }
  }
}
