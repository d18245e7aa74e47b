import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Erasing so that no byte is left") struct EraseTests {
  /// The files below a folder that hold a word, by their paths in it.
  private func files(
    in folder: URL, holding word: String, except left: [String] = []
  ) throws -> [String] {
    // A database's path may be a link.
    let folder = folder.resolvingSymlinksInPath()
    let paths = try #require(FileManager.default.subpaths(atPath: folder.path))
    return paths.filter { path in
      guard !left.contains(where: { path.contains($0) }),
        let data = try? Data(contentsOf: folder.appending(path: path))
      else { return false }
      return data.range(of: Data(word.utf8)) != nil
    }
  }

  /// Where a backend keeps its files, and what in there is named and not claimed.
  private func place(
    _ backend: TestBackend, _ fixture: AgentFixture
  ) async throws -> (folder: URL, left: [String]) {
    guard backend == .postgres else { return (fixture.folder.url, []) }
    return (try await PostgresServer.shared.value.folder.appending(path: "data"), ["pg_wal"])
  }

  @Test(
    "Nothing of a record is left in any file, and what may be left elsewhere is named",
    arguments: [TestBackend.sqlite, .sqliteVec, .lancedb, .postgres])
  func noByte(_ backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let ada = try fixture.memory.bot("ada")
    let mark = UUID().uuidString.filter(\.isLetter).lowercased()
    let words = ["qzx", "wvj", "kqw", "jxq", "vqk"].map { $0 + mark }
    let others = try (0..<300).map { try NewMemory("note \($0) stays", id: RecordID("n\($0)")) }
    try await ada.memories.remember(Array(others[..<150]))
    var memory = NewMemory("Alice said \(words[0]).", id: try RecordID("secret"), author: "ada")
    memory.metadata = ["tags": .list([.string(words[2])]), "place": .string(words[3])]
    memory.source = .init(uri: "/\(words[4]).md")
    try await ada.memories.remember(memory)
    try await ada.memories.remember(Array(others[150...]))
    try await ada.memories.update(RecordID("secret")) { $0.text = "Alice never said \(words[1])." }
    try await ada.share(RecordID("secret"))

    let (folder, left) = try await place(backend, fixture)
    for word in words { #expect(try !files(in: folder, holding: word).isEmpty) }

    let report = try await ada.memories.erase([RecordID("secret")], actor: "me")
    #expect(report.recordCount == 1 && report.sharedCount == 1)
    #expect(!report.scrubbed.places.isEmpty)
    #expect(report.scrubbed.remains.contains { $0.contains("log") } == (backend == .postgres))
    for word in words { #expect(try files(in: folder, holding: word, except: left) == []) }

    let all = Filter(statuses: nil)
    #expect(try await ada.memories.count(where: all) == 300)
    let found = try await ada.memories.recall("note 77 stays", limit: 1, leastRelevance: 0)
    #expect(found.hits.first?.record.id == (try RecordID("n77")))
    #expect(try await ada.memories.audit(record: RecordID("secret")).first?.action == .delete)
    #expect(try await ada.memories.verify().isWhole)
  }

  @Test("What was forgotten before is scrubbed by erasing it again")
  func again() async throws {
    let fixture = try await AgentFixture(.sqlite)
    let ada = try fixture.ada
    try await ada.remember(NewMemory("Alice said qzxvkjw.", id: RecordID("secret")))
    try await ada.forget([RecordID("secret")])
    #expect(try !files(in: fixture.folder.url, holding: "qzxvkjw").isEmpty)
    let report = try await ada.erase([RecordID("secret")])
    #expect(report.recordCount == 0)
    #expect(try files(in: fixture.folder.url, holding: "qzxvkjw") == [])
  }

  @Test("A whole namespace goes, and no other one is touched", arguments: TestBackend.ofRecords)
  func namespace(_ backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    for name in ["ada", "bob"] {
      let bot = try fixture.memory.bot(name)
      try await bot.memories.remember(
        (0..<30).map { try NewMemory("\(name) \($0)", id: RecordID("\($0)"), author: name) })
      try await bot.memories.hide([RecordID("3")])
      try await bot.memories.keyValues.set("mood", to: "calm")
      try await bot.trust("eve")
      try await bot.share(RecordID("5"))
    }
    let ada = try fixture.ada
    #expect(try await ada.forgetAll(actor: "me") == 30)
    #expect(try await ada.count(where: Filter(statuses: nil)) == 0)
    #expect(try await ada.keyValues.get("mood", as: String.self) == nil)
    #expect(try await fixture.memory.bot("ada").trusted().isEmpty)
    let bob = try fixture.memory.bot("bob")
    #expect(try await bob.memories.count(where: Filter(statuses: nil)) == 30)
    #expect(try await bob.memories.keyValues.get("mood", as: String.self) == "calm")
    #expect(try await bob.trusted().count == 1)
    #expect(try await fixture.memory.bot("ada").sharedMemories().count == 1)
    #expect(try await ada.verify().isWhole)
    #expect(try await ada.forgetAll() == 0)
  }

  @Test("A namespace that is deleted while it is recalled", arguments: TestBackend.ofRecords)
  func amidRecalls(_ backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let (ada, bob) = (try fixture.ada, try fixture.memory.namespace("bot:bob"))
    for namespace in [ada, bob] {
      try await namespace.remember((0..<200).map { NewMemory("note \($0) on tea") })
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          while try await ada.count(where: Filter(statuses: nil)) > 0 {
            // What is found was there when it was asked for; nothing of another namespace is.
            let found = try await ada.recall("note on tea", limit: 50, leastRelevance: 0)
            #expect(found.hits.allSatisfy { $0.record.namespace == ada.namespace })
          }
        }
      }
      group.addTask {
        let count = try await ada.forgetAll()
        #expect(count == 200)
      }
      try await group.waitForAll()
    }
    #expect(try await ada.recall("note on tea", leastRelevance: 0).hits.isEmpty)
    #expect(try await bob.recall("note on tea", leastRelevance: 0).hits.count == 10)
    #expect(try await fixture.memory.fsck(repairs: false).allSatisfy(\.isClean))
  }
}
