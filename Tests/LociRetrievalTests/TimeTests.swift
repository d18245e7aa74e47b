import Foundation
import LociCore
import LociRetrieval
import LociTestKit
import Testing

/// Questions that name a time, asked on Wednesday, 14 June 2023, and what goes first then.
@Suite("Recall and time") struct TimeTests {
  private static let now = Date(timeIntervalSince1970: 1_686_756_600)
  private let records = SimulatedRecordStore()
  private let vectors = SimulatedVectorStore()
  private let embedder = BagOfWordsEmbedder()
  private let namespace: Namespace

  init() throws { namespace = try Namespace("one") }

  private func day(_ text: String) throws -> Date {
    try #require(
      TimeExpression.found(in: text, writtenAt: Self.now).first?.interval.from)
  }

  private func remember(
    _ id: String, _ text: String, on day: String? = nil, stored: String = "2023-06-10",
    _ change: (inout Record) -> Void = { _ in }
  ) async throws {
    var record = try Record(
      id: RecordID(id), namespace: namespace, text: text, occurredAt: try day.map(self.day),
      createdAt: try self.day(stored))
    change(&record)
    try await records.apply([.upsert(record)], in: namespace, actor: nil, at: record.createdAt)
    let vector = try await embedder.embed(text, as: .passage).vector
    try await vectors.upsert([VectorEntry(of: record, vector: vector)], in: embedder.space)
  }

  private func recall(
    _ text: String, _ mode: RecallMode = .hybrid, limit: Int = 10, strict: Bool = false,
    policy: any ScoringPolicy = .standard, askedAt: Date? = TimeTests.now,
    where filter: Filter = Filter()
  ) async throws -> Recall {
    let retriever = Retriever(records: records, vectors: { [vectors] in vectors }) {
      [embedder] in embedder
    }
    var query = RecallQuery(
      text, in: namespace, mode: mode, limit: limit, leastRelevance: 0, filter: filter,
      policy: policy)
    (query.askedAt, query.strictTime, query.keepsCopies) = (askedAt, strict, true)
    return try await retriever.recall(query)
  }

  private func ids(_ recall: Recall) -> [String] { recall.hits.map(\.record.id.text) }

  @Test("What happened at the asked time goes first", arguments: RecallMode.allCases)
  func prefers(mode: RecallMode) async throws {
    try await remember("january", "Anna went hiking in the hills", on: "2023-01-08")
    try await remember("april", "Anna went hiking in the hills", on: "2023-04-20")
    try await remember("may", "Anna went hiking in the hills", on: "2023-05-08")
    let recall = try await recall("where did Anna go hiking last May?", mode)
    #expect(ids(recall) == ["may", "april", "january"])
    let part = try #require(
      recall.hits.first?.explanation.parts.first { $0.name == "time" }?.factor)
    #expect(part.value == 1 && part.name == "\u{201C}last May\u{201D} and its own time")
    #expect(recall.times.map(\.phrase) == ["last May"])
  }

  @Test("A text's own words for its time count from when it was written")
  func named() async throws {
    try await remember("a", "We saw the play a month ago", stored: "2023-06-20")
    try await remember("b", "We saw the play a week ago", stored: "2023-06-20")
    try await remember("c", "We saw the play a year ago", stored: "2023-06-20")
    let recall = try await recall("who saw the play in May 2023?")
    #expect(ids(recall).first == "a")
    let figure = recall.hits.first?.explanation.parts.first { $0.name == "time" }?.factor?.name
    #expect(figure == "\u{201C}May 2023\u{201D} and \u{201C}a month ago\u{201D}")
  }

  @Test("Where the question names no time, nothing moves", arguments: RecallMode.allCases)
  func silent(mode: RecallMode) async throws {
    try await remember("a", "Anna went hiking yesterday", on: "2023-05-08")
    try await remember("b", "Anna may march on", on: "2021-01-01")
    let recall = try await recall("may Anna go hiking?", mode)
    #expect(recall.times.isEmpty)
    #expect(recall.hits.allSatisfy { hit in !hit.explanation.parts.contains { $0.name == "time" } })
    #expect(recall.hits.flatMap(\.placements).allSatisfy { !$0.leg.contains("then") })
  }

  @Test("What happened then is found among any number of records that fit better")
  func deep() async throws {
    for number in 0..<300 {
      try await remember("n\(number)", "what Anna did that day", on: "2022-03-05")
    }
    try await remember("then", "a picnic", on: "2023-05-08")
    try await remember("stored", "a quarrel", stored: "2023-05-08")
    let recall = try await recall("what did Anna do on 8 May 2023?", limit: 400)
    let hit = try #require(recall.hits.first { $0.record.id.text == "then" })
    #expect(hit.placements.contains { $0.leg == "semantic, occurred then" })
    #expect(ids(recall).contains("stored"))
    let bare = try await self.recall(
      "what did Anna do on 8 May 2023?", limit: 30, policy: .rankFusion)
    #expect(bare.hits.flatMap(\.placements).allSatisfy { !$0.leg.contains("then") })
  }

  @Test("Strictly, only what is of that time is found, as many as are asked for")
  func strict() async throws {
    for number in 0..<300 {
      try await remember("n\(number)", "Anna went hiking", on: "2022-03-05")
    }
    for number in 0..<20 { try await remember("m\(number)", "hiking again", on: "2023-05-08") }
    for policy: any ScoringPolicy in [.standard, .rankFusion] {
      let recall = try await recall(
        "when did Anna go hiking on 8 May 2023?", limit: 20, strict: true, policy: policy)
      #expect(recall.hits.count == 20)
      #expect(ids(recall).allSatisfy { $0.hasPrefix("m") })
      #expect(recall.warning == nil)
    }
    let none = try await recall("when did Anna go hiking in 1999?", strict: true)
    #expect(none.hits.isEmpty && none.times.count == 1)
  }

  @Test("Strictly, what a text dates is of that time, and what was so then")
  func strictlyNamed() async throws {
    try await remember("said", "Anna went hiking yesterday", on: "2023-05-09")
    try await remember("vague", "Anna went hiking some time in 2023", on: "2022-03-05")
    try await remember("so", "Anna went to school here", stored: "2023-06-01") {
      $0.validFrom = Date(timeIntervalSince1970: 1_577_836_800)
    }
    let recall = try await recall("when did Anna go hiking on 8 May 2023?", strict: true)
    #expect(Set(ids(recall)) == ["said", "so"])
  }

  @Test("Strictly, a question without a time is answered as any other, and that is said")
  func untimed() async throws {
    try await remember("a", "Anna went hiking", on: "2023-05-08")
    let recall = try await recall("when did Anna go hiking?", strict: true)
    #expect(ids(recall) == ["a"])
    #expect(recall.warning?.contains("names no time") == true)
  }

  @Test("The first hits are the same for every limit", arguments: [false, true])
  func limits(strict: Bool) async throws {
    for number in 0..<200 {
      try await remember(
        "r\(number)", number % 3 == 0 ? "Anna went hiking yesterday" : "hiking in the hills",
        on: number % 2 == 0 ? "2023-05-\(10 + number % 20)" : "2022-03-05")
    }
    let all = ids(try await recall("did Anna go hiking last May?", limit: 1000, strict: strict))
    for limit in [1, 10, 61, 120] {
      let some = ids(
        try await recall("did Anna go hiking last May?", limit: limit, strict: strict))
      #expect(some == Array(all.prefix(limit)), "limit \(limit)")
    }
  }

  @Test("A clock that goes backwards changes what is near, and traps nobody")
  func backwards() async throws {
    try await remember("future", "We met yesterday", on: "2024-06-14", stored: "2024-06-14")
    try await remember("past", "We met last week", on: "2023-06-14", stored: "2024-06-14")
    #expect(ids(try await recall("who met last week?")).first == "past")
    let early = try await recall("who met last week?", askedAt: .distantPast)
    #expect(early.hits.count == 2)
    let late = try await recall("who met last week?", askedAt: .distantFuture)
    #expect(late.hits.count == 2)
  }

  @Test("As of a time, the question is asked then")
  func asOf() async throws {
    try await remember("a", "We met in the hills", on: "2022-05-03", stored: "2022-05-03")
    let filter = Filter().asOf(try day("2022-06-14"))
    let recall = try await recall("who met last May?", askedAt: nil, where: filter)
    #expect(recall.times.first?.interval.from == (try day("2022-05-01")))
    #expect(recall.hits.first?.explanation.parts.first { $0.name == "time" }?.factor?.value == 1)
  }

  @Test("What another hit has replaced stands behind it, and explains that")
  func superseded() async throws {
    try await remember("old", "Anna lives in Porto by the sea")
    try await remember("older", "Anna lives in Porto by the sea") {
      $0.metadata["superseded_by"] = "old"
    }
    try await remember("new", "It is Lisbon where Anna has her flat") {
      $0.metadata["supersedes"] = ["old", "gone"]
    }
    try await remember("circle", "Anna lives in Porto") { $0.metadata["supersedes"] = "circle2" }
    try await remember("circle2", "Anna lives in Porto") { $0.metadata["supersedes"] = "circle" }
    let recall = try await recall("where does Anna live, in Porto by the sea?")
    let order = ids(recall).filter { ["old", "older", "new"].contains($0) }
    #expect(order == ["new", "old", "older"])
    let old = try #require(recall.hits.first { $0.record.id.text == "old" })
    #expect(old.explanation.parts.contains { $0.name == "superseded" && $0.value < 0 })
    let sum = old.explanation.parts.reduce(0) { $0 + $1.value }
    #expect(abs(sum - old.explanation.value) < 1e-12)
  }

  @Test("What is not so any more gives way, where a filter shows it")
  func over() async throws {
    try await remember("a", "Anna lives in Porto") { $0.status = .superseded }
    try await remember("b", "Anna lives in Porto")
    try await remember("0", "Anna lives in Porto") {
      $0.validUntil = Date(timeIntervalSince1970: 1_600_000_000)
    }
    let recall = try await recall("Anna lives in Porto", where: Filter(statuses: nil))
    #expect(ids(recall).first == "b")
  }
}
