import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Duplicates") struct DuplicateTests {
  private static let known = "Alice prefers strong green tea with some honey every single morning"
  private static let same = "Alice prefers strong green tea with some honey each single morning"

  @Test(
    "A text that says what is known is skipped, merged or stored, and the answer tells which",
    arguments: TestBackend.allCases)
  func resolutions(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let ada = try fixture.ada
    let first = try await ada.remember(
      NewMemory(Self.known, importance: 2, metadata: ["tags": ["tea"]]),
      unlessDuplicate: DuplicateRule())
    #expect(first.action == .stored && first.duplicate == nil)
    #expect(fixture.embedder.embeddedCount == 1, "the check and the record share a vector")

    let again = NewMemory(
      Self.same, importance: 4, confidence: 0.5,
      metadata: ["tags": ["tea", "honey"], "session": "monday"])
    let skipped = try await ada.remember(again, unlessDuplicate: DuplicateRule())
    #expect(skipped.action == .skipped && skipped.record == first.record)
    let similarity = try #require(skipped.duplicate?.similarity)
    #expect(similarity.value > 0.85 && similarity.value < 1)
    #expect(try await ada.count() == 1)
    #expect(try await ada.audit().map(\.action) == [.add])

    let merged = try await ada.remember(again, unlessDuplicate: DuplicateRule(.merge))
    #expect(merged.action == .merged && merged.duplicate?.record == first.record)
    #expect(merged.record.id == first.record.id && merged.record.text == Self.known)
    #expect(merged.record.importance == 4 && merged.record.confidence == 1)
    #expect(merged.record.metadata == ["tags": ["tea", "honey"], "session": "monday"])
    #expect(try await ada.audit().map(\.action) == [.merge, .add])

    let stored = try await ada.remember(again, unlessDuplicate: DuplicateRule(.store))
    #expect(stored.action == .stored && stored.record.text == Self.same)
    #expect(stored.duplicate?.record.id == first.record.id)
    #expect(try await ada.count() == 2)
    #expect(fixture.embedder.embeddedCount == 2, "a text is embedded once")
    await fixture.memory.close()
    let found = try await ada.get(first.record.id)
    #expect(found?.accessCount == 0, "what is compared is not recalled")
  }

  @Test(
    "What differs in a number, a name, a negation or the order is no duplicate",
    arguments: [
      (known, known.replacing("Alice", with: "Bob")),
      (known, known.replacing("prefers", with: "never prefers")),
      (
        "we met 3 times at the old stone bridge by the river",
        "we met 4 times at the old stone bridge by the river"
      ),
      (
        "she has two cats and a very old grey dog at home",
        "she has three cats and a very old grey dog at home"
      ),
      ("she prefers tea to coffee", "she prefers coffee to tea"),
      ("Alice gave Bob the book", "Bob gave Alice the book"),
      ("she likes tea and not coffee", "she likes coffee and not tea"),
    ])
  func different(known: String, new: String) async throws {
    let fixture = try await AgentFixture(.simulated)
    let ada = try fixture.ada
    try await ada.remember(known)
    // Whatever the threshold.
    let rule = DuplicateRule(above: Similarity(0.1))
    #expect(try await ada.remember(NewMemory(new), unlessDuplicate: rule).action == .stored)
  }

  @Test(
    "Another spelling is a duplicate",
    arguments: [
      (known, known), (known, known.lowercased() + "!"),
      ("The user likes tea with honey in the morning", "User likes tea with honey in the morning"),
      ("he does not like tea", "He does not like tea."),
    ])
  func spelling(known: String, new: String) async throws {
    let fixture = try await AgentFixture(.simulated)
    let ada = try fixture.ada
    try await ada.remember(known)
    #expect(
      try await ada.remember(NewMemory(new), unlessDuplicate: DuplicateRule()).action == .skipped)
  }

  @Test("The real model finds likes and dislikes near, and they are no duplicates")
  func realModel() async throws {
    let folder = try TemporaryFolder()
    var configuration = Configuration()
    configuration.storePath = folder.file("memory.sqlite").path
    let memory = try await Memory.open(configuration, environment: [:])
    let ada = try memory.bot("ada")
    try await ada.remember("Alice likes mushrooms")
    for text in ["Alice does not like mushrooms", "Bob likes mushrooms"] {
      #expect(try await ada.remember(text).action == .stored, "\(text)")
    }
    let same = try await ada.remember("Alice likes to eat mushrooms")
    #expect(same.action == .skipped && same.duplicate?.record.text == "Alice likes mushrooms")
    await memory.close()
  }

  @Test("Other authors, collections, wholes, times and namespaces are compared with none of these")
  func apart() async throws {
    let fixture = try await AgentFixture(.sqlite)
    let ada = try fixture.ada
    var base = NewMemory(Self.known, author: "ada")
    base.whole = try RecordID("monday")
    base.occurredAt = Date(millisecondsSince1970: 1)
    try await ada.remember(base)
    var others = [NewMemory](repeating: base, count: 5)
    others[0].author = "bob"
    others[1].collection = .chunks
    others[2].whole = try RecordID("tuesday")
    others[3].occurredAt = Date(millisecondsSince1970: 2)
    others[4].author = "carol"
    for other in others {
      let once = try await ada.remember(other, unlessDuplicate: DuplicateRule())
      #expect(once.action == .stored)
    }
    let bob = try fixture.memory.namespace("bot:bob")
    #expect(try await bob.duplicate(of: base) == nil)
    #expect(try await ada.duplicate(of: base)?.record.author == "ada")
    // What is not so any more is said anew.
    var over = NewMemory("it will rain today in the whole of Lisbon and beyond")
    over.validUntil = Date(millisecondsSince1970: 5)
    try await ada.remember(over)
    over.validUntil = nil
    #expect(try await ada.duplicate(of: over) == nil)
  }

  @Test("Where nothing can be compared, nothing is stored; plain remember stores what it is given")
  func broken() async throws {
    let fixture = try await AgentFixture(.sqlite)
    let ada = try fixture.ada
    try await ada.remember(Self.known)
    try await ada.remember(Self.known)
    #expect(try await ada.count() == 2)
    fixture.embedder.isBroken = true
    let failure = try await error {
      try await ada.remember(NewMemory("another text"), unlessDuplicate: DuplicateRule())
    }
    #expect(failure.code == .engine)
    #expect(try await ada.count() == 2 && fixture.embedder.failureCount > 0)
  }

  @Test("A bot's rules: category, size, importance and confidence; it is the author")
  func rules() async throws {
    let memory = Memory.inMemory()
    let ada = try memory.bot("ada", displayName: "Ada")
    let once = try await ada.remember(
      "Alice prefers tea", category: .preference, importance: 5, confidence: 0.5,
      session: "monday", tags: ["drinks"])
    #expect(once.record.namespace.name == "bot:ada")
    #expect(once.record.author == "ada" && once.record.authorName == "Ada")
    #expect(once.record.metadata == ["session": "monday", "tags": ["drinks"]])
    let banana = try Record.Category("banana")
    let refusals: [LociError] = [
      try await error { try await ada.remember("tea", category: banana) },
      try await error { try await ada.remember("tea", category: Record.Category("facts")) },
      try await error { try await ada.remember(String(repeating: "tea ", count: 10 * 1024)) },
      try await error { try await ada.remember("tea", importance: 9) },
      try await error { try await ada.remember("tea", confidence: 1.5) },
      try await error { try await ada.remember(" \n") },
    ]
    #expect(refusals.allSatisfy { $0.code == .invalidArgument })
    #expect(refusals[0].remedy?.contains("correction, decision") == true)
    #expect(refusals[1].remedy?.contains("fact") == true)
    #expect(try await ada.memories.count() == 1)
    for name in ["", " ", "bot:ada", "a\n"] {
      #expect(throws: LociError.self) { try memory.bot(name) }
    }
  }
}
