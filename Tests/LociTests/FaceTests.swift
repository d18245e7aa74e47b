import Foundation
import Loci
import LociTestKit
import Testing

@Suite("What an app sees")
struct FaceTests {
  @Test("A memory without files remembers, recalls, ingests and forgets")
  func inMemory() async throws {
    let ada = try Memory.inMemory().namespace("bot:ada")
    try await ada.remember("Alice prefers tea to coffee", category: .preference)
    try await ada.remember("The train to Lisbon leaves at nine")
    #expect(try await ada.recall("tea or coffee?").hits.first?.record.category == .preference)
    try await ada.ingest(
      text: "<h1>Otters</h1><p>They swim in rivers.", uri: "https://example.org/otters",
      format: .html)
    let hit = try await ada.recall("who swims in rivers", limit: 1).hits.first
    #expect(hit?.record.source?.heading == "Otters")
    #expect(hit?.record.source?.uri == "https://example.org/otters")
    try await ada.ingest(
      text: "<h1>Herons</h1>", uri: "https://example.org/otters", format: .html)
    #expect(
      try await ada.count(where: Filter(collections: [.chunks])) == 1)
    #expect(try await ada.forget(source: "https://example.org/otters").recordCount == 1)
    let error = try await #require(throws: LociError.self) {
      try await ada.ingest(text: "x", uri: "")
    }
    #expect(error.code == .invalidArgument)
    #expect(
      try await #require(throws: LociError.self) {
        try await ada.ingest(text: "x", uri: "a", format: .notebook)
      }.code == .corrupt)
  }

  @Test("Two memories without files share nothing")
  func apart() async throws {
    let (one, two) = (Memory.inMemory(), Memory.inMemory())
    try await one.namespace("a").remember("tea")
    #expect(try await two.namespaces().isEmpty)
  }

  @Test("An embedder of one's own makes the vectors, also when the memory is opened again")
  func ownEmbedder() async throws {
    let folder = try TemporaryFolder()
    var configuration = Configuration()
    configuration.storePath = folder.file("memory.sqlite").path
    configuration.isOffline = true
    let empty = Folders(environment: ["LOCI_HOME": folder.file("home").path])
    for round in 1...2 {
      let embedder = FaultyEmbedder()
      let memory = try await Memory.open(
        configuration, embedder: embedder, folders: empty, environment: [:])
      let ada = try memory.namespace("bot:ada")
      let remembered = try await ada.remember("Alice prefers tea, number \(round)")
      guard case .embedded = remembered.projection else {
        Issue.record("\(remembered.projection)")
        return
      }
      #expect(embedder.embeddedCount == 1, "what was embedded before is not embedded again")
      let found = try await ada.recall("who prefers tea", mode: .semantic)
      #expect(found.hits.count == round)
      await memory.close()
    }
    let other = BagOfWordsEmbedder(dimension: 32, revision: "2")
    let memory = try await Memory.open(
      configuration, embedder: other, folders: empty, environment: [:])
    try await memory.backfill()
    let found = try await memory.namespace("bot:ada").recall("who prefers tea", mode: .semantic)
    #expect(found.hits.count == 2)
  }

  @Test("History is brought in with its times, and what passes a filter is erased")
  func history() async throws {
    let ada = try Memory.inMemory().namespace("bot:ada")
    let (may, june) = (Date(timeIntervalSince1970: 1e9), Date(timeIntervalSince1970: 1.1e9))
    for (text, time) in [("in May", may), ("in June", june)] {
      var memory = NewMemory("Alice moved \(text)", author: "alice")
      (memory.createdAt, memory.occurredAt, memory.authorName) = (time, time, "Alice")
      memory.audience = .trusting
      let record = try await ada.remember(memory).record
      #expect(record.createdAt == time && record.occurredAt == time && record.updatedAt > june)
      #expect(record.authorName == "Alice" && record.audience == .trusting)
    }
    let old = Filter(createdBefore: june)
    #expect(try await ada.forget(where: old) == 1)
    #expect(try await ada.count() == 1)
    #expect(try await ada.forget(where: old) == 0)
  }

  @Test("Of ten changes at once none is lost, on files as in memory", arguments: [true, false])
  func readModifyWrite(isOnDisk: Bool) async throws {
    let fixture = try await Fixture()
    let ada = isOnDisk ? fixture.bot : try Memory.inMemory().namespace("bot:ada")
    let id = try await ada.remember("count", metadata: ["n": 0, "old": true]).record.id
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 1...10 {
        group.addTask {
          try await ada.update(id) { record in
            guard case .number(let n)? = record.metadata["n"] else { return }
            record.metadata["n"] = .number(n + 1)
            record.metadata["old"] = nil
            record.text += "."
          }
        }
      }
      try await group.waitForAll()
    }
    let record = try #require(try await ada.get(id))
    #expect(record.metadata == ["n": 10] && record.text == "count..........")
    let unchanged = try await ada.update(id) { _ in }
    #expect(unchanged.record == record)
    struct Refusal: Error {}
    await #expect(throws: Refusal.self) { try await ada.update(id) { _ in throw Refusal() } }
    let other = try await #require(throws: LociError.self) {
      try await ada.update(id) { $0.collection = .chunks }
    }
    #expect(other.code == .invalidArgument)
    var patch = RecordPatch()
    patch.text = "other"
    let conflict = try await #require(throws: LociError.self) {
      try await ada.update(id, with: patch, expecting: ContentHash(of: "count"))
    }
    #expect(conflict.code == .conflict)
    try await ada.update(id, with: patch, expecting: record.contentHash)
    #expect(try await ada.get(id)?.text == "other")
    #expect(try await ada.recall("other", mode: .semantic).hits.first?.record.id == id)
  }

  @Test("Records are read page by page, each once")
  func records() async throws {
    let ada = try Memory.inMemory().namespace("bot:ada")
    try await ada.remember((1...450).map { NewMemory("text \($0)") })
    var seen: [RecordID] = []
    for try await record in ada.records() { seen.append(record.id) }
    #expect(seen.count == 450 && seen == seen.sorted() && Set(seen).count == 450)
    #expect(try await ada.forget(where: Filter()) == 450)
    for try await _ in ada.records() { Issue.record("nothing is left") }
  }

  @Test("Records, filters and answers survive coding; what is no record is refused")
  func coding() async throws {
    let ada = try Memory.inMemory().namespace("bot:ada")
    var memory = NewMemory(
      "Alice prefers tea", category: .preference, metadata: ["tags": ["a", 1, true]],
      author: "alice", source: Record.Source(uri: "chat", heading: "A › B", lines: 3...4))
    memory.validFrom = Date(timeIntervalSince1970: 1)
    let record = try await ada.remember(memory).record
    let coded = try JSONEncoder().encode(record)
    #expect(try JSONDecoder().decode(Record.self, from: coded) == record)
    var filter = Filter(categories: [.fact], metadata: [MetadataCondition("a", .less, 2)])
    filter.reader = Filter.Reader("ada", trusting: ["bob"])
    filter.times = [TimeCondition(.occurred, from: Date(timeIntervalSince1970: 5))]
    let filterCopy = try JSONDecoder().decode(Filter.self, from: JSONEncoder().encode(filter))
    #expect(filterCopy == filter)
    let recall = try await ada.recall("tea")
    let copy = try JSONDecoder().decode(Recall.self, from: JSONEncoder().encode(recall))
    #expect(
      copy.hits.first?.record == record && copy.hits.first?.relevance == recall.hits[0].relevance)
    let text = String(decoding: coded, as: UTF8.self)
    for (part, other) in [
      ("\"importance\":3", "\"importance\":9"), ("[3,4]", "[4,3]"), ("bot:ada", "\\u0000"),
      ("Alice prefers tea", " "),
    ] {
      #expect(text.contains(part))
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(Record.self, from: Data(text.replacing(part, with: other).utf8))
      }
    }
  }
}
