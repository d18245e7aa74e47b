import Foundation
import LociCore
import LociJSON
import LociMemory
import LociTestKit
import LociWire
import Testing

/// Programs read these: a key that goes, or another order of keys, is seen here first.
@Suite("Answers as JSON")
struct AnswerTests {
  private let embedder = FaultyEmbedder()
  private let bot: MemoryNamespace

  init() async throws {
    let (disk, embedder) = (SimulatedDisk(), embedder)
    let memory = Memory(
      records: SimulatedRecordStore(on: disk), vectors: SimulatedVectorStore(on: disk)
    ) { embedder }
    bot = try memory.namespace("bot:ada")
  }

  private func keys(_ value: JSON?) -> [String] {
    guard case .object(let members) = value else { return [] }
    return members.map(\.key)
  }

  /// A value as who receives it has it.
  private func received(_ value: JSON) throws -> JSON {
    try JSON(reading: Array(value.document.utf8), maximumBytes: 1 << 20)
  }

  @Test("A record has all its fields, those that hold nothing as null")
  func record() throws {
    let day = Date(timeIntervalSince1970: 951_782_400)
    let plain = try Record(
      id: RecordID("a"), namespace: Namespace("bot:ada"), text: "Tea\u{202E}", createdAt: day)
    #expect(
      plain.json.line == """
        {"id":"a","namespace":"bot:ada","collection":"memories","text":"Tea\\u202e",\
        "category":null,"metadata":{},"author":null,"author_name":null,"audience":"everyone",\
        "source":null,"whole":null,"position":null,"occurred_at":null,"valid_from":null,\
        "valid_until":null,"known_from":null,"known_until":null,"status":"active",\
        "importance":3,"confidence":1.0,"created_at":"2000-02-29T00:00:00.000Z",\
        "updated_at":"2000-02-29T00:00:00.000Z","last_accessed_at":null,"access_count":0,\
        "content_hash":"\(plain.contentHash)"}
        """)
    let full = try Record(
      id: RecordID("b"), namespace: Namespace("bot:ada"), text: "Coffee", category: .preference,
      metadata: ["n": .number(2), "z": .number(-0.0), "l": .list([.bool(true), .string("x")])],
      author: "eve", source: Record.Source(uri: "/a.md", heading: "H", lines: 2...3),
      occurredAt: day, createdAt: day)
    let json = try received(full.json)
    #expect(keys(json) == keys(plain.json))
    #expect(json["metadata"]?.line == #"{"l":[true,"x"],"n":2,"z":-0.0}"#)
    #expect(json["source"]?.line == #"{"uri":"/a.md","heading":"H","lines":[2,3]}"#)
    #expect(json["occurred_at"]?.line == #""2000-02-29T00:00:00.000Z""#)
  }

  @Test("A recall says how it answered, and its stages where they are asked for")
  func recall() async throws {
    try await bot.remember("Alice prefers tea to coffee")
    let answer = try await bot.recall("tea or coffee")
    let plain = try received(answer.json(isExplained: false, hint: nil))
    #expect(
      keys(plain) == [
        "hits", "likely", "mode_requested", "mode_used", "times", "fallback_reason",
        "rerank_failure", "warning", "hint",
      ])
    guard case .array(let hits) = plain["hits"], let hit = hits.first else {
      Issue.record("\(plain.line)")
      return
    }
    #expect(
      keys(hit) == ["rank", "relevance", "policy", "similarity", "ranking", "spaces", "record"])
    #expect(hit["rank"]?.line == "1")
    #expect(hit["relevance"]?.double == answer.hits.first?.relevance.value)
    #expect(hit["record"]?["text"]?.line == #""Alice prefers tea to coffee""#)
    #expect(plain["times"]?.line == "[]")
    let explained = try received(answer.json(isExplained: true, hint: "Look."))
    #expect(keys(explained) == keys(plain) + ["dropped", "dropped_for", "stages"])
    #expect(explained["hint"]?.line == #""Look.""#)
    guard case .array(let hits) = explained["hits"], case .array(let stages) = explained["stages"]
    else {
      Issue.record("\(explained.line)")
      return
    }
    #expect(keys(hits.first) == keys(hit) + ["explanation", "spelling", "placements"])
    #expect(stages.count == answer.stages.count)
    #expect(keys(stages.first) == ["name", "milliseconds", "count"])
  }

  @Test("A recall says how it understood the times of its question")
  func times() async throws {
    try await bot.remember("Alice prefers tea to coffee")
    var query = RecallQuery("tea last May or since 2020?", in: bot.namespace)
    query.askedAt = Date(timeIntervalSince1970: 1_686_756_600)
    let answer = try await bot.memory.recall(query)
    let json = try received(answer.json(isExplained: false, hint: nil))
    #expect(
      json["times"]?.line == """
        [{"text":"last May","from":"2023-05-01T00:00:00.000Z","before":"2023-06-01T00:00:00.000Z",\
        "grain":"month"},{"text":"since 2020","from":"2020-01-01T00:00:00.000Z","before":null,\
        "grain":"year"}]
        """)
  }

  @Test("What is remembered says what became of its vector, and why it has none")
  func remembered() async throws {
    let stored = try received(try await bot.remember("Alice prefers tea").json)
    #expect(keys(stored) == ["record", "projection", "reason"])
    #expect(stored["projection"]?.line == #""embedded""#)
    #expect(stored["reason"]?.line == "null")
    embedder.isBroken = true
    var remember = RememberOperation()
    remember.memory.text = "Bob prefers coffee"
    let pending = try received(try await remember.run(in: bot).json)
    #expect(pending["projection"]?.line == #""pending""#)
    #expect(pending["reason"].map { $0.line.count > 4 } == true)
  }

  @Test("An ingestion, a backfill and the log tell what was done")
  func reports() async throws {
    let report = try await bot.ingest(text: "# Tea\n\nGreen.", uri: "/tea.md", format: .markdown)
    let json = try received(report.json(path: "/tea.md"))
    #expect(
      keys(json) == [
        "path", "files", "read", "skipped", "left_out", "moved_sources", "removed_sources",
        "kept_sources", "added",
        "moved", "unchanged", "removed", "embedded", "pending", "unreadable",
      ])
    #expect(json["added"]?.line == "1")
    #expect(
      try await bot.backfill().json.line
        == #"{"examined":1,"embedded":0,"failed":0,"unreadable":0}"#)
    let line = try #require(try await bot.audit().first)
    #expect(keys(line.json) == ["sequence", "time", "action", "record", "actor"])
    #expect(line.json["action"]?.line == #""add""#)
  }

  @Test("An error has its code, its sentence and its remedy, and none of its detail")
  func errors() {
    let error = LociError(.busy, "It is busy.", remedy: "Wait.", detail: "secret")
    #expect(
      ErrorReport(error).json.line
        == #"{"error":{"code":"busy","message":"It is busy.","remedy":"Wait."}}"#)
    #expect(
      ErrorReport(CancellationError()).json.line
        == #"{"error":{"code":"unexpected","message":"CancellationError()","remedy":null}}"#)
  }
}
