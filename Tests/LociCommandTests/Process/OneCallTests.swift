import Foundation
import LociTestKit
import Testing

/// Flags are for one call, reading verbs make nothing, and projects choose no place [42] [43].
@Suite("One call")
struct OneCallTests {
  private let command: CommandProcess

  init() throws { command = try CommandProcess() }

  private func fill() async throws {
    for text in ["Alice prefers tea to coffee", "The train to Lisbon leaves at nine"] {
      try #require(try await command.run("remember", text).status == 0)
    }
  }

  private func findsTea() async throws -> Bool {
    let answer = try await command.run("recall", "what does Alice drink?", "--mode", "semantic")
    return answer.status == 0 && answer.output.contains("prefers tea")
  }

  @Test(
    "A model that is named by a flag is not there on the next call, whether it exists or not",
    arguments: ["no-such-model", "nobody/no-such-model", "./no/such/folder", "/dev/null"])
  func flagModel(_ model: String) async throws {
    try await fill()
    let before = try await command.run("status", "--json").object()
    for words in [
      ["status"], ["recall", "tea"], ["fsck"], ["backfill"], ["remember", "Tomatoes are red"],
      ["doctor"], ["list"],
    ] {
      let answer = try await command.run(
        words + ["--model", model], environment: ["HF_HUB_OFFLINE": "1"])
      #expect(answer.status <= 1 || answer.status == 3, "\(words): \(answer.errors)")
    }
    let after = try await command.run("status", "--json").object()
    #expect(after["serving_model"] as? String == before["serving_model"] as? String)
    #expect(try await findsTea())
    #expect(try await command.run("backfill").status == 0)
    #expect(try await command.run("fsck").status == 0)
  }

  @Test("A good model that has no vectors here is said so, with the verb that makes them")
  func otherModel() async throws {
    try await fill()
    // The same weights under a path are another model's name, so another space.
    let models = URL(filePath: NSHomeDirectory()).appending(
      path: ".local/share/loci/models/sentence-transformers--all-MiniLM-L6-v2")
    let copy = command.folder.file("my-model")
    try FileManager.default.createSymbolicLink(at: copy, withDestinationURL: models)
    let asked = try await command.run("recall", "what does Alice drink?", "--model", "./my-model")
    #expect(asked.errors.contains("loci backfill"), "\(asked.errors)")
    let quiet = try await command.run(
      "recall", "what does Alice drink?", "--model", "./my-model", "--quiet")
    #expect(quiet.errors.contains("loci backfill"))
    #expect(try await findsTea(), "the next call is as before")
    #expect(try await command.run("backfill", "--model", "./my-model").status == 0)
    let found = try await command.run(
      "recall", "what does Alice drink?", "--model", copy.path, "--mode", "semantic")
    #expect(found.output.contains("prefers tea"), "\(found.errors)")
    let status = try await command.run("status", "--json").object()
    #expect((status["serving_model"] as? String)?.contains("all-MiniLM-L6-v2") == true)
  }

  @Test("After a move to a model that is gone, status names it and rollback works without it")
  func modelGone() async throws {
    try await fill()
    let models = URL(filePath: NSHomeDirectory()).appending(
      path: ".local/share/loci/models/sentence-transformers--all-MiniLM-L6-v2")
    let copy = command.folder.file("gone-model")
    try FileManager.default.createSymbolicLink(at: copy, withDestinationURL: models)
    #expect(try await command.run("migrate", "--model", "./gone-model").status == 0)
    try FileManager.default.removeItem(at: copy)
    let status = try await command.run("status")
    #expect(status.status == 0)
    #expect(status.output.contains(copy.path), "absolute, by name: \(status.output)")
    let recall = try await command.run("recall", "Alice", "--mode", "semantic")
    #expect(recall.status == 1 && recall.errors.contains(copy.path), "\(recall.errors)")
    let back = try await command.run("migrate", "--rollback")
    #expect(back.status == 0, "\(back.errors)")
    #expect(try await findsTea())
  }

  @Test(
    "A reading verb makes nothing where the store's name is a typo",
    arguments: [
      ["list"], ["recall", "tea"], ["get", "x"], ["audit"], ["status"], ["fsck"], ["doctor"],
    ])
  func typo(_ words: [String]) async throws {
    let path = command.folder.file("typo/memroy.sqlite").path
    let answer = try await command.run(words + ["--store", path])
    if words != ["doctor"] { #expect(answer.status == 1, "\(answer.output)") }
    #expect((answer.errors + answer.output).contains(path))
    #expect(!FileManager.default.fileExists(atPath: command.folder.file("typo").path))
  }

  @Test("Backfill looks into every namespace, as the hint that leads there promises")
  func backfill() async throws {
    let without = ["LOCI_HOME": command.folder.file("bare").path, "HF_HUB_OFFLINE": "1"]
    for namespace in ["bot:ada", "bot:bob", "default"] {
      let answer = try await command.run(
        ["remember", "Alice prefers tea", "--namespace", namespace], environment: without)
      #expect(answer.errors.contains("loci backfill"))
    }
    let report = try await command.run("backfill", "--json").object()
    #expect(report["embedded"] as? Int == 3)
    let failed = try await command.run(
      ["remember", "Bob prefers coffee", "--namespace", "bot:bob"], environment: without)
    #expect(failed.status == 0)
    #expect(try await command.run(["backfill"], environment: without).status == 1)
    let narrow = try await command.run("backfill", "--namespace", "bot:ada", "--json").object()
    #expect(narrow["embedded"] as? Int == 0)
  }

  @Test("An empty or misspelled namespace is said to be one, and the others are named")
  func namespaces() async throws {
    _ = try await command.run("remember", "Alice prefers tea", "--namespace", "bot:ada")
    for words in [["recall", "tea"], ["list"]] {
      let answer = try await command.run(words + ["--namespace", "bot:adda"])
      #expect((answer.output + answer.errors).contains("bot:adda is empty"))
      #expect((answer.output + answer.errors).contains("records in bot:ada"))
    }
    let json = try await command.run("recall", "tea", "--json").object()
    #expect((json["hint"] as? String)?.contains("bot:ada") == true)
    let miss = try await command.run("recall", "zebra", "--namespace", "bot:ada")
    #expect(miss.output == "Nothing relevant was found.\n")
  }

  @Test("A cloned repository that names a server or a place gets nothing, in any verb")
  func clonedRepository() async throws {
    try await fill()
    let server = try Listener()
    let project = command.folder.file("project")
    try FileManager.default.createDirectory(at: project, withIntermediateDirectories: true)
    try Data(
      """
      [store]
      backend = "postgres"
      path = "stolen.sqlite"
      [embeddings]
      vector_backend = "lancedb"
      vector_path = "s3://evil/x"
      [postgres]
      url = "host=127.0.0.1 port=\(server.port) user=evil"
      """.utf8
    ).write(to: project.appending(path: "loci.toml"))
    for words in [
      ["list"], ["recall", "tea"], ["status"], ["doctor"], ["remember", "x"], ["fsck", "--repair"],
      ["backfill"], ["migrate", "--to", "lancedb"], ["migrate", "--abandon"], ["config"],
      ["ingest", "."], ["embed"], ["get", "x"], ["models"],
    ] {
      let answer = try await command.run(
        words, environment: ["PGPASSWORD": "secret"], in: project)
      #expect((answer.output + answer.errors).contains("loci trust"), "\(words)")
    }
    #expect(!server.wasAsked)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: project.path) == ["loci.toml"])
    #expect(try await findsTea())
    let trust = try await command.run(["trust", "--list"], in: project)
    #expect(trust.output == "Nothing is trusted.\n")
  }

  @Test("Trusting shows what is set, secrets aside, and ends when the file changes")
  func trust() async throws {
    let project = command.folder.file("project")
    try FileManager.default.createDirectory(at: project, withIntermediateDirectories: true)
    let file = project.appending(path: "loci.toml")
    try Data("[store]\npath = \"own.sqlite\"\n[postgres]\nurl = \"password=tea\"\n".utf8)
      .write(to: file)
    #expect(try await command.run(["remember", "x"], in: project).status == 1)
    let answer = try await command.run(["trust"], in: project)
    #expect(answer.status == 0 && answer.output.contains("store.path"), "\(answer.errors)")
    #expect(!answer.output.contains("password=tea"))
    // LOCI_STORE_PATH of the tests' own would win over the file.
    let unset = ["LOCI_STORE_PATH": ""]
    #expect(
      try await command.run(["remember", "In the project"], environment: unset, in: project).status
        == 0)
    #expect(FileManager.default.fileExists(atPath: project.appending(path: "own.sqlite").path))
    try Data("[store]\npath = \"other.sqlite\"\n".utf8).write(to: file)
    let changed = try await command.run(["list"], environment: unset, in: project)
    #expect(changed.status == 1 && changed.errors.contains("loci trust"))
    #expect(try await command.run(["trust", "--withdraw"], in: project).status == 0)
    #expect(try await command.run(["trust", "--withdraw"], in: project).status == 1)
  }
}

/// Something that listens on loopback and notices whoever asks.
private final class Listener: Sendable {
  private let descriptor: Int32
  let port: UInt16

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.descriptor = descriptor
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bind(descriptor, address, length) == 0 && listen(descriptor, 8) == 0
          && getsockname(descriptor, address, &length) == 0
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    try #require(bound)
  }

  deinit { close(descriptor) }

  var wasAsked: Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, 0) != 0
  }
}
