import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Sharing") struct SharingTests {
  private func found(by bot: Bot, _ question: String) async throws -> [String] {
    try await bot.recall(question, leastRelevance: 0).hits.map {
      "\(bot.visibility(of: $0.record).rawValue) \($0.record.authorName ?? "?")"
    }.sorted()
  }

  @Test(
    "A reader sees its own, what is for everyone, and what those share whom it trusts",
    arguments: TestBackend.allCases)
  func visible(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let memory = fixture.memory
    let ada = try memory.bot("ada", displayName: "Ada")
    let (bob, eve) = (try memory.bot("bob", displayName: "Bob"), try memory.bot("eve"))
    try await bob.remember("Bob's violin lesson is on Monday")
    var shared: [Record] = []
    for (day, audience) in [
      ("Tuesday", Record.Audience.everyone), ("Friday", .trusting),
      ("Sunday", .author),
    ] {
      let own = try await ada.remember("Ada's violin lesson is on \(day)").record
      shared.append(try await ada.share(own.id, with: audience))
    }
    #expect(shared.allSatisfy { $0.namespace == .shared && $0.author == "ada" })
    let question = "violin lesson"
    #expect(try await found(by: bob, question) == ["everyone Ada", "own Bob"])
    #expect(try await found(by: eve, question) == ["everyone Ada"])
    #expect(try await bob.trust("ada"))
    #expect(try await bob.trust("ada") == false)
    #expect(try await bob.trusted() == ["ada"])
    #expect(try await found(by: bob, question) == ["everyone Ada", "own Bob", "trusted Ada"])
    #expect(try await found(by: eve, question) == ["everyone Ada"], "trust is each one's own")
    #expect(
      try await found(by: ada, question) == ["own Ada", "own Ada", "own Ada"],
      "what it shares itself comes once")
    #expect(try await bob.distrust("ada"))
    #expect(try await found(by: bob, question) == ["everyone Ada", "own Bob"])
    // Trusting whom nobody knows is no error.
    #expect(try await bob.trust("nobody"))

    let revoked = try await ada.revoke(shared[0].id)
    #expect(revoked.audience == .author)
    #expect(try await found(by: eve, question).isEmpty)
    let own = try #require(try await ada.memories.list().first { $0.text.contains("Tuesday") })
    try await ada.share(own.id)
    #expect(try await found(by: eve, question) == ["everyone Ada"])
    try await ada.unshare(own.id)
    #expect(try await found(by: eve, question).isEmpty)
    #expect(try await ada.memories.get(own.id) == own)
    #expect(try await ada.sharedMemories().count == 2)
  }

  @Test("Only the author shares, revokes and deletes", arguments: TestBackend.ofRecords)
  func author(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let memory = fixture.memory
    let (ada, bob) = (try memory.bot("ada"), try memory.bot("bob"))
    let own = try await ada.remember("Alice prefers tea").record
    let shared = try await ada.share(own.id)
    let foreign = try await bob.remember(NewMemory("Alice prefers tea", author: "ada")).record
    let refusals = [
      try await error { try await bob.share(foreign.id) },
      try await error { try await bob.revoke(shared.id) },
      try await error { try await bob.unshare(shared.id) },
    ]
    #expect(refusals.allSatisfy { $0.code == .forbidden })
    let missing = [
      try await error { try await bob.share(own.id) },
      try await error { try await bob.revoke(RecordID("missing")) },
      try await error { try await ada.unshare(RecordID("missing")) },
    ]
    #expect(missing.allSatisfy { $0.code == .notFound })
    #expect(try await memory[.shared].get(shared.id) == shared)
    #expect(try await memory[.shared].count() == 1)
  }

  @Test(
    "The write hash is the store's own, whatever is given, and made anew with each change",
    arguments: TestBackend.ofRecords)
  func writeHash(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let memory = fixture.memory
    let ada = try memory.bot("ada")
    let own = try await ada.remember("Alice prefers tea", category: .preference).record
    let everyone = try await ada.share(own.id)
    let expected = { (record: Record) in
      Hexadecimal.text(
        SHA256.digest(fields: [
          record.id.text, "Alice prefers tea", "preference", "3", "ada", record.audience.rawValue,
          "\(record.createdAt.millisecondsSince1970)",
        ]))
    }
    #expect(everyone.metadata["write_hash"] == .string(expected(everyone)))
    let joined =
      "\(everyone.id)Alice prefers teapreference3adaeveryone"
      + "\(everyone.createdAt.millisecondsSince1970)"
    #expect(everyone.joinedWriteHash == Hexadecimal.text(SHA256.digest(Array(joined.utf8))))
    let revoked = try await ada.revoke(own.id)
    #expect(revoked.metadata["write_hash"] == .string(expected(revoked)))
    #expect(revoked.metadata["write_hash"] != everyone.metadata["write_hash"])
    #expect(try await ada.share(own.id).metadata == everyone.metadata)
    // A caller's own hash counts for nothing.
    let shared = memory[.shared]
    try await shared.update(everyone.id) { $0.metadata["write_hash"] = "forged" }
    let kept = try #require(try await shared.get(everyone.id))
    #expect(kept.metadata["write_hash"] == .string(expected(kept)))
    try await shared.update(everyone.id) { $0.metadata["write_hash"] = nil }
    #expect(try await shared.get(everyone.id)?.metadata["write_hash"] == .string(expected(kept)))
    let plain = try await shared.remember("no shared memory", metadata: ["write_hash": "mine"])
    #expect(plain.record.metadata == ["write_hash": "mine"], "only shared memories have one")
  }

  @Test(
    "At most as many as the rules let, of any number at once; changing one is no more",
    arguments: TestBackend.ofRecords)
  func cap(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let memory = fixture.memory
    let ada = try memory.bot("ada", rules: BotRules(maximumShared: 5))
    let own = try await ada.memories.remember((0..<12).map { NewMemory("fact number \($0)") })
    let shared = await withTaskGroup(of: RecordID?.self) { group in
      for record in own.map(\.record) {
        group.addTask { (try? await ada.share(record.id)) == nil ? nil : record.id }
      }
      return await group.reduce(into: [RecordID]()) { if let id = $1 { $0.append(id) } }
    }
    #expect(shared.count == 5)
    #expect(try await memory[.shared].count() == 5)
    let rest = try #require(own.map(\.record.id).first { !shared.contains($0) })
    let refused = try await error { try await ada.share(rest) }
    #expect(refused.code == .conflict && refused.message.contains("5"))
    try await ada.share(shared[0], with: .trusting)
    // Another author has room of its own.
    let bob = try memory.bot("bob", rules: BotRules(maximumShared: 1))
    try await bob.share(bob.remember("another fact").record.id)
    try await ada.unshare(shared[0])
    try await ada.share(rest)
    #expect(try await ada.sharedMemories().count == 5)
  }

  @Test("As many hits come as there are, though many are the reader's own shared copies")
  func deep() async throws {
    let fixture = try await AgentFixture(.sqlite)
    let (ada, bob) = (try fixture.memory.bot("ada"), try fixture.memory.bot("bob"))
    for number in 0..<8 {
      let own = try await ada.memories.remember("violin lesson number \(number)").record
      try await ada.share(own.id)
    }
    let other = try await bob.memories.remember(
      "on some days there is a lesson, and it is long"
    ).record
    try await bob.share(other.id)
    let hits = try await ada.recall("violin lesson number", limit: 9, leastRelevance: 0).hits
    #expect(hits.count == 9 && Set(hits.map(\.record.text)).count == 9)
    await fixture.memory.close()
    let counts = try await fixture.memory[.shared].list().map(\.accessCount)
    #expect(counts.filter { $0 > 0 }.count == 1, "only what is returned is counted")
  }
}
