import Foundation
import Loci
import LociTestKit
import Synchronization
import Testing

@Suite("Memories of other systems")
struct ImporterTests {
  let fixture: Fixture

  init() async throws { fixture = try await Fixture() }

  /// Takes in a file; returns what was rejected.
  private func take(
    _ text: String, _ format: ForeignFormat, as name: String = "file.json"
  ) async throws -> (report: BulkReport, rejected: [String]) {
    let file = fixture.folder.file(name)
    try Data(text.utf8).write(to: file)
    return try await take(file, format)
  }

  private func take(
    _ file: URL, _ format: ForeignFormat
  ) async throws -> (report: BulkReport, rejected: [String]) {
    let rejected = Mutex<[String]>([])
    let report = try await fixture.bot.remember(
      from: file, as: format,
      reject: { error in rejected.withLock { $0.append(error.description) } })
    return (report, rejected.withLock { $0 })
  }

  private func records() async throws -> [Record] {
    try await fixture.bot.list(limit: 1000).sorted { $0.text < $1.text }
  }

  @Test("The reference server's observations and relations, once each, bad lines by number")
  func mcp() async throws {
    let text = """
      {"type":"entity","name":"Ada","entityType":"person",\
      "observations":["likes tea","plays chess"]}
      {"type":"relation","from":"Ada","to":"Bob","relationType":"knows"}
      {"type":"entity","name":"Lisbon","entityType":"city","observations":[]}

      {"type":"entity","name":"Bad","entityType":"x","observations":[7]}
      {"type":"secret"}
      not JSON, secret
      """
    let (report, rejected) = try await take(text, .mcpMemory)
    #expect(report.storedCount == 4 && report.embeddedCount == 4)
    #expect(rejected.map { $0.prefix(6) } == ["Line 5", "Line 6", "Line 7"])
    #expect(!rejected.joined().contains("secret"))
    let records = try await records()
    #expect(
      records.map(\.text) == [
        "Ada knows Bob", "Ada: likes tea", "Ada: plays chess", "Lisbon: city",
      ])
    #expect(
      records[1].metadata["entity"] == "Ada" && records[1].metadata["entity_type"] == "person")
    #expect(records[0].metadata["relation"] == "knows" && records[0].metadata["to"] == "Bob")
    let again = try await take(text, .mcpMemory)
    #expect(again.report.unchangedCount == 4 && again.report.storedCount == 0)
  }

  @Test("mem0's memories from an object and from a list, with their times and owners")
  func mem0() async throws {
    let memory = """
      {"id":"m1","memory":"Likes tea","hash":"x","metadata":{"kind":"taste","deep":{"a":1}},\
      "created_at":"2024-07-20T10:33:12.123456-07:00","updated_at":null,"user_id":"alice",\
      "categories":["food"]}
      """
    let object = """
      {"results":[\(memory),{"id":"m2","memory":"  "},{"id":"m3"}],
      "relations":[{"source":"alice","relationship":"likes","target":"tea"}]}
      """
    let (report, rejected) = try await take(object, .mem0)
    #expect(report.storedCount == 2 && rejected.count == 2)
    #expect(rejected[0].hasPrefix("Result 2") && rejected[1].hasPrefix("Result 3"))
    let records = try await records()
    #expect(records.map(\.text) == ["Likes tea", "alice likes tea"])
    #expect(records[0].metadata["user_id"] == "alice" && records[0].metadata["kind"] == "taste")
    #expect(records[0].metadata["categories"] == .list(["food"]))
    #expect(records[0].metadata["deep"] == nil)
    #expect(records[0].createdAt.millisecondsSince1970 / 1000 == 1_721_496_792)
    let list = try await take("[\(memory),\n{\"id\":\"m4\",\"memory\":\"Plays chess\"}]", .mem0)
    #expect(list.report.unchangedCount == 1 && list.report.storedCount == 1)
    let error = await #expect(throws: LociError.self) { try await take("{\"secret\":1}", .mem0) }
    #expect(error?.code == .corrupt && error?.description.contains("secret") == false)
  }

  @Test("ChatGPT: the branch that was kept, in order; nothing hidden, of tools or of the system")
  func chatGPT() async throws {
    func node(_ id: String, _ parent: String?, _ message: String) -> String {
      "\"\(id)\":{\"id\":\"\(id)\",\"parent\":\(parent.map { "\"\($0)\"" } ?? "null"),"
        + "\"children\":[],\"message\":\(message)}"
    }
    func message(
      _ role: String, _ parts: String, time: String = "1700000000.5", type: String = "text",
      metadata: String = "{}"
    ) -> String {
      """
      {"id":"m","author":{"role":"\(role)","name":null},"create_time":\(time),"content":\
      {"content_type":"\(type)","parts":\(parts)},"metadata":\(metadata)}
      """
    }
    let nodes = [
      node("root", nil, "null"), node("s", "root", message("system", "[\"secret\"]")),
      node("a", "s", message("user", "[\"What is tea?\"]")),
      node("x", "a", message("assistant", "[\"A dropped answer\"]")),
      node("b", "a", message("assistant", "[\"A drink.\",{\"asset\":1}]", type: "multimodal_text")),
      node(
        "h", "b",
        message("user", "[\"hidden\"]", metadata: "{\"is_visually_hidden_from_conversation\":true}")
      ), node("t", "h", message("assistant", "[\"thinking\"]", type: "thoughts")),
      node("c", "t", message("user", "[\"Thanks\"]", time: "null")),
      node("loop", "loop", message("user", "[\"round\"]")),
    ]
    let conversation = """
      {"id":"c1","title":"Tea","create_time":1,"current_node":"c","mapping":{\
      \(nodes.joined(separator: ","))}}
      """
    let loop = conversation.replacing("\"c1\"", with: "\"c2\"")
      .replacing("\"current_node\":\"c\"", with: "\"current_node\":\"loop\"")
    let (report, rejected) = try await take(
      "[\(conversation),\n{\"title\":\"broken\"},\n\(loop)]", .chatGPT)
    #expect(report.storedCount == 4 && rejected.count == 1 && rejected[0].contains("line 2"))
    let first = try await fixture.bot.list(limit: 100)
      .filter { $0.text != "round" }.sorted { ($0.position ?? 0) < ($1.position ?? 0) }
    #expect(first.map(\.text) == ["What is tea?", "A drink.", "Thanks"])
    #expect(first.map(\.author) == ["user", "assistant", "user"])
    #expect(Set(first.map(\.whole)).count == 1 && first[0].whole != nil)
    #expect(first[0].occurredAt?.millisecondsSince1970 == 1_700_000_000_500)
    #expect(first[2].occurredAt == nil && first[0].metadata["conversation"] == "Tea")
  }

  @Test("Claude: texts, or what stands in their content, and attached texts")
  func claude() async throws {
    let text = """
      [{"uuid":"u1","name":"","created_at":"2024-05-01T10:00:00Z","account":{"uuid":"x"},
      "chat_messages":[
      {"uuid":"1","sender":"human","text":"Hello","content":[],\
      "created_at":"2024-05-01T10:00:01.5Z",
       "attachments":[{"file_name":"a.txt","extracted_content":"An attached text"}],"files":[]},
      {"uuid":"2","sender":"assistant","text":"","created_at":"nonsense","content":[
       {"type":"thinking","thinking":"secret"},{"type":"text","text":"Good day"}]},
      {"uuid":"3","sender":"robot","text":"secret"}]},
      {"name":"no uuid"}]
      """
    let (report, rejected) = try await take(text, .claude)
    #expect(report.storedCount == 3 && rejected.count == 1 && rejected[0].contains("line 8"))
    let messages = try await fixture.bot.list(limit: 10)
      .sorted { ($0.position ?? 0) < ($1.position ?? 0) }
    #expect(messages.map(\.text) == ["Hello", "An attached text", "Good day"])
    #expect(messages.map(\.author) == ["user", "user", "assistant"])
    #expect(messages[0].occurredAt?.millisecondsSince1970 == 1_714_557_601_500)
    #expect(messages[2].occurredAt == nil && messages[0].metadata["conversation"] == nil)
  }

  @Test("basic-memory: observations, relations and the rest of each note")
  func basicMemory() async throws {
    let folder = fixture.folder.file("notes")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let note = """
      ---
      title: Coffee
      type: note
      tags: [coffee, brewing]
      permalink: coffee
      ---
      # Coffee

      Some prose about it.

      ## Observations
      - [method] Pour over is clear #brewing #tools (from a book)
      - [x] a task that is done
      - [a link](https://example.org)

      ## Relations
      - requires [[Grinding]] (always)
      - [[Tea]]
      """
    try Data(note.utf8).write(to: folder.appending(path: "coffee.md"))
    try Data([0xFF, 0x00]).write(to: folder.appending(path: "broken.md"))
    let (report, rejected) = try await take(folder, .basicMemory)
    #expect(report.storedCount == 4 && rejected.count == 1 && rejected[0].contains("broken.md"))
    let records = try await records()
    #expect(
      records[1].text == "Coffee relates_to Tea" && records[2].text == "Coffee requires Grinding")
    let observation = records[3]
    #expect(observation.text == "Pour over is clear #brewing #tools (from a book)")
    #expect(observation.metadata["observation"] == "method")
    #expect(observation.metadata["tags"] == .list(["brewing", "tools"]))
    #expect(observation.source?.lines == 12...12 && observation.metadata["permalink"] == "coffee")
    #expect(records[0].text.hasPrefix("# Coffee\n\nSome prose"))
    #expect(records[0].text.contains("a task that is done"))
    #expect(try await take(folder, .basicMemory).report.unchangedCount == 4)
    let single = try await take(folder.appending(path: "coffee.md"), .basicMemory)
    #expect(single.report.unchangedCount == 4)
  }

  @Test("Obsidian: tags and links of notes are metadata, beside their front matter")
  func obsidian() async throws {
    let folder = fixture.folder.file("vault")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let note = """
      ---
      tags: tea, daily
      aliases: [Green]
      ---
      # Tea
      Made of [[Camellia sinensis|a plant]], see [[History#China]], ![[Cup.png]]. #drink/hot #2024
      `#code [[Not]]` a#b [[#here]]
      ```
      #no [[No]]
      ```
      """
    let file = folder.appending(path: "tea.md")
    try Data(note.utf8).write(to: file)
    var options = IngestOptions()
    options.readsWikiMarks = true
    try await fixture.bot.ingest(folder, options: options)
    let record = try #require(try await fixture.bot.list(limit: 10).first)
    #expect(record.metadata["tags"] == .list(["tea", "daily", "drink/hot"]))
    #expect(record.metadata["links"] == .list(["Camellia sinensis", "History", "Cup.png"]))
    #expect(record.metadata["aliases"] == .list(["Green"]))
    let error = await #expect(throws: LociError.self) { try await take(folder, .obsidian) }
    #expect(error?.code == .unsupported)
    try await fixture.bot.ingest(folder)
    #expect(
      try await fixture.bot.list(limit: 10).first?.metadata["links"] == nil, "only where asked")
  }

  @Test(
    "Whatever bytes stand in a file, reading ends with an answer or an error",
    arguments: [ForeignFormat.mcpMemory, .mem0, .basicMemory, .chatGPT, .claude])
  func hostile(format: ForeignFormat) async throws {
    let deep = String(repeating: "[", count: 100_000)
    let big = "[{\"id\":\"" + String(repeating: "a", count: 1 << 20) + "\",\"uuid\":1}]"
    for text in [
      "", "[", "[]", "{}", "null", "[1,2]", "[{}]", "[[]]", deep, "{\"results\":\(deep)}", big,
      "[{\"mapping\":{\"a\":{\"parent\":\"b\"},\"b\":{\"parent\":\"a\"}},\"id\":\"x\","
        + "\"current_node\":\"a\"}]",
      "[{\"uuid\":\"a\",\"chat_messages\":[1,{\"sender\":\"human\",\"text\":{}}]}]",
      "{\"type\":\"entity\",\"name\":{},\"observations\":\"x\"}", "\u{FEFF}[]", "- [[a]]\n- [b] c",
      "{\"a\":1,\"a\":2}", "[{\"id\":\"\\ud800\"}]", "[{\"memory\":\"\\u0000\",\"id\":\"\"}]",
    ] {
      do {
        _ = try await take(text, format, as: "hostile")
      } catch let error as LociError {
        #expect([.corrupt, .unsupported, .invalidArgument].contains(error.code), "\(error)")
      }
    }
    let none = fixture.folder.file("none")
    let error = await #expect(throws: LociError.self) { try await take(none, format) }
    #expect(error?.code == .notFound)
  }
}
