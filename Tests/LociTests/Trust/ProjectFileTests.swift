import Foundation
import Loci
import LociTestKit
import Testing

/// A project's `loci.toml` comes with its folder, whoever made that [42].
@Suite("Project files")
struct ProjectFileTests {
  private let folder: TemporaryFolder
  private let environment: [String: String]
  private var folders: Folders { Folders(environment: environment) }

  init() throws {
    folder = try TemporaryFolder()
    environment = ["HOME": folder.file("home").path]
    try make("repository/.git")
    try make("repository/a/b")
  }

  private func make(_ path: String) throws {
    try FileManager.default.createDirectory(
      at: folder.file(path), withIntermediateDirectories: true)
  }

  private func write(_ text: String, to path: String = "repository/loci.toml") throws {
    try Data(text.utf8).write(to: folder.file(path))
  }

  private func load(in path: String = "repository") throws -> Configuration {
    try Configuration.load(environment: environment, workingDirectory: folder.file(path))
  }

  @Test("Untrusted, it sets how to find, how to cut, and a namespace of its own; nothing else")
  func shortList() throws {
    try write(Configuration.exampleFile.replacing("# path =", with: "path ="))
    let untrusted = Set(try load().untrusted?.keys ?? [])
    let open = Setting.all.map(\.key).filter {
      $0 == "namespace" || $0.hasPrefix("recall.") || $0.hasPrefix("ingest.")
    }
    let set = Set(
      try load().entries.filter { $0.origin != .standard }.map(\.setting.key))
    #expect(set.isSubset(of: open), "\(set.subtracting(open))")
    #expect(set.contains("recall.limit") && set.contains("ingest.maximum_file_mebibytes"))
    #expect(untrusted.contains("store.path"))
    #expect(untrusted.isDisjoint(with: open))
  }

  @Test(
    "Every setting that names a place, a server, a model or an engine needs trust",
    arguments: [
      "store.backend = \"postgres\"", "store.path = \"x\"", "postgres.url = \"host=evil\"",
      "postgres.schema = \"x\"", "embeddings.model = \"./m\"", "embeddings.threads = 1",
      "embeddings.vector_backend = \"lancedb\"", "embeddings.vector_path = \"s3://evil/x\"",
      "embeddings.offline = false", "lancedb.index = \"ivf_pq\"",
    ])
  func needsTrust(_ line: String) async throws {
    try write("recall.limit = 3\n" + line + "\n")
    let configuration = try load()
    #expect(configuration.recallLimit == 3)
    let key = String(line.prefix { $0 != " " })
    #expect(configuration.origin(of: key) == .standard)
    let error = try await #require(throws: LociError.self) {
      try await Memory.open(configuration, folders: folders)
    }
    #expect(error.code == .untrusted)
    #expect(error.message.contains(key))
    #expect(error.remedy?.contains("loci trust") == true)
    #expect(!FileManager.default.fileExists(atPath: configuration.storePath), "nothing is made")

    let list = TrustList(folders)
    #expect(try list.trust(projectFile: folder.file("repository/loci.toml").path).count == 2)
    #expect(try load().untrusted == nil)
    #expect(try load().origin(of: key) != .standard)
  }

  @Test("Trust ends with the first changed byte, and where the file is moved or withdrawn")
  func trustEnds() throws {
    let path = folder.file("repository/loci.toml").path
    try write("embeddings.threads = 1\n")
    let list = TrustList(folders)
    try list.trust(projectFile: path)
    #expect(try load().threads == 1)
    try write("embeddings.threads = 2\n")
    #expect(try load().threads == nil)
    #expect(try load().untrusted?.keys == ["embeddings.threads"])
    try write("embeddings.threads = 1\n")
    #expect(try load().threads == 1)
    #expect(try list.withdraw(path))
    #expect(try load().threads == nil)
    #expect(try !list.withdraw(path))
    try list.trust(projectFile: path)
    try make("other/.git")
    try FileManager.default.copyItem(atPath: path, toPath: folder.file("other/loci.toml").path)
    #expect(try load(in: "other").untrusted != nil)
    try Data("{".utf8).write(to: list.file)
    #expect(try load().untrusted != nil, "a damaged list trusts nothing")
  }

  @Test("The list of what is trusted is its owner's alone, whatever the umask")
  func permissions() throws {
    try write("embeddings.threads = 1\n")
    let list = TrustList(folders)
    let before = umask(0)
    defer { umask(before) }
    try list.trust(projectFile: folder.file("repository/loci.toml").path)
    let mode = try FileManager.default.attributesOfItem(atPath: list.file.path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
  }

  @Test("Untrusted, its namespace is one of its folder's own, by whatever path that is reached")
  func namespace() throws {
    try write("namespace = \"bot:ada\"\n")
    let name = try load().namespace
    #expect(name.hasPrefix("project:") && name.hasSuffix("/bot:ada"), "\(name)")
    try FileManager.default.createSymbolicLink(
      at: folder.file("link"), withDestinationURL: folder.file("repository"))
    #expect(try load(in: "link").namespace == name)
    try make("other")
    try write("namespace = \"bot:ada\"\n", to: "other/loci.toml")
    let other = try load(in: "other").namespace
    #expect(other.hasSuffix("/bot:ada") && other != name)
    let chosen = try Configuration.load(
      environment: environment.merging(["LOCI_NAMESPACE": "mine"]) { $1 },
      workingDirectory: folder.file("repository"))
    #expect(chosen.namespace == "mine", "a variable is the user's own word")
    try TrustList(folders).trust(projectFile: folder.file("repository/loci.toml").path)
    #expect(try load().namespace == "bot:ada")
    try write("namespace = \"\(String(repeating: "x", count: 250))\"\n")
    #expect(throws: LociError.self) { try load() }
  }

  @Test("It is found from subfolders, up to the repository's root and no farther")
  func subfolders() throws {
    try write("recall.limit = 3\n")
    #expect(try load(in: "repository/a/b").recallLimit == 3)
    try write("recall.limit = 4\n", to: "repository/a/loci.toml")
    #expect(try load(in: "repository/a/b").recallLimit == 4, "the nearest counts")
    try make("repository/inner/.git")
    #expect(try load(in: "repository/inner").recallLimit == 10)
    try make("plain/below")
    try write("recall.limit = 5\n", to: "plain/loci.toml")
    #expect(try load(in: "plain").recallLimit == 5)
    #expect(try load(in: "plain/below").recallLimit == 10, "outside of a repository its own alone")
  }

  @Test("The user's own file needs no trust, from wherever it is read")
  func usersOwn() throws {
    try make("home/.config/loci")
    try write("embeddings.threads = 3\n", to: "home/.config/loci/loci.toml")
    #expect(try load().threads == 3)
    #expect(try load(in: "home/.config/loci").threads == 3)
    try write("embeddings.threads = 4\n")
    let named = try Configuration.load(
      environment: environment, workingDirectory: folder.file("repository"),
      file: folder.file("repository/loci.toml"))
    #expect(named.threads == 4, "a file that the user names is the user's word")
  }

  @Test("A model that is named by its path is the same one from any folder")
  func modelPath() throws {
    try make("home/.config/loci")
    try write("embeddings.model = \"./models/m\"\n", to: "home/.config/loci/loci.toml")
    #expect(try load().model == folder.file("home/.config/loci/models/m").path)
    let flag = try Configuration.load(
      environment: environment, workingDirectory: folder.file("repository"),
      overrides: ["embeddings.model": "../m"])
    #expect(flag.model == folder.file("m").path)
    let bare = try Configuration.load(
      environment: environment, workingDirectory: folder.file("repository"),
      overrides: ["embeddings.model": "a/b"])
    #expect(bare.model == "a/b", "a bare name is the catalogue's or the hub's")
  }
}
