import LociCore
import LociIngest
import LociTestKit
import Testing

@Suite("Markdown as libcmark-gfm reads it")
struct MarkdownTests {
  private func document(_ text: String, of maximum: Int = 24) throws -> ChunkedDocument {
    try Chunker(maximumTokens: maximum, overlapTokens: 0, countTokens: Counting.words.count)
      .document(text, as: .markdown)
  }

  private func words(_ count: Int) -> String {
    (1...count).map { "word\($0)" }.joined(separator: " ")
  }

  /// Text that is long enough for a section of its own.
  private var body: String { words(8) }

  @Test(
    "What looks like a heading is none in code, comments and HTML, and the next heading counts",
    arguments: [
      "- ```\n  # no\n  ```",
      "- ```\n  # no",
      "1. text\n\n   ~~~\n   # no\n\n   more",
      "```\n# no\n   ```",
      "  ```\n  # no\n  ```  ",
      "<!--\n# no\n\n# no\n-->",
      "<pre>\n# no\n\n# no\n</pre>",
      "<script>\n# no\n\n# no\n</script>",
      "<style>\n# no\n</style>",
      "    # no",
      "\\# no",
      "#no",
      "> # no",
      "- # no",
    ])
  func hiddenHeadings(block: String) throws {
    let found = try document("# First\n\n\(body)\n\n\(block)\n\n# Second\n\n\(body)\n", of: 40)
    #expect(found.chunks.map(\.heading) == ["First", "Second"])
    #expect(found.chunks.first?.text.hasSuffix(block.trimmingEnd()) == true)
  }

  @Test("A fence that the end of its item closes swallows nothing")
  func unclosedFence() throws {
    let found = try document("# A\n\n- ```\n  code\n\(body)\n\n# B\n\n\(body)")
    #expect(found.chunks.map(\.heading) == ["A", "B"])
  }

  @Test("A fence in an item stays whole where it fits")
  func fenceInItem() throws {
    let fence = "  ```\n  let a = 1\n\n  let b = 2\n  ```"
    let found = try document("- \(words(20))\n\n\(fence)\n- \(words(20))", of: 24)
    #expect(found.chunks.contains { $0.text.hasSuffix(fence) }, "\(found.chunks.map(\.text))")
  }

  // Front matter

  @Test(
    "Front matter is metadata, not text",
    arguments: [
      "---\ntitle: The River\ntags: [water, stone]\nyear: 2020\ndraft: false\n---\n",
      "---\ntitle: \"The River\"\ntags:\n  - water\n  - stone\nyear: 2020\ndraft: false\n...\n",
      "---\n'title': 'The River' # a comment\n# one more\ntags:\n- water\n- 'stone'\n\n"
        + "year: 2020\ndraft: false\nnested:\n  title: no\n---\n",
      "+++\ntitle = \"The River\"\ntags = [\"water\", \"stone\"]\nyear = 2020\ndraft = false\n"
        + "[params]\ntitle = \"no\"\n+++\n",
    ])
  func frontMatter(front: String) throws {
    let found = try document(front + "\n\(body)\n\n# Stones\n\n\(body)\n")
    #expect(
      found.metadata == [
        "title": "The River", "tags": ["water", "stone"], "year": 2020, "draft": false,
      ])
    #expect(found.chunks.map(\.heading) == ["The River", "Stones"])
    let first = try #require(found.chunks.first)
    #expect(first.text == body)
    let lineCount = front.count { $0 == "\n" }
    #expect(first.lines == (lineCount + 2)...(lineCount + 2))
  }

  @Test("The title of front matter is the heading above sections that have no other")
  func title() throws {
    let found = try document("---\ntitle: River\n---\n## Stones\n\n\(body)\n\n# Sea\n\n\(body)\n")
    #expect(found.chunks.map(\.heading) == ["River › Stones", "Sea"])
  }

  @Test("A postcode, a version and a date of front matter stay as they are written")
  func values() throws {
    let found = try document(
      "---\nzip: 02134\nversion: 1.10\ndate: 2026-02-03\nempty:\nnothing: ~\n"
        + "url: http://a/b\n---\nx")
    #expect(
      found.metadata == [
        "zip": "02134", "version": "1.10", "date": "2026-02-03", "url": "http://a/b",
      ])
  }

  @Test(
    "A rule as first line is no front matter",
    arguments: [
      "---\n\ntitle: x\n\n---\n\n", "---\n# First\n\ntext: y\n\n---\n\n", "---\nJust text.\n---\n",
      "---\ntitle: x\n## First\n---\n", "---\n---\n", "---\ntitle: x\n",
    ])
  func rule(start: String) throws {
    let found = try document(start + "# Second\n\n\(body)\n")
    #expect(found.metadata.isEmpty)
    #expect(found.chunks.last?.heading == "Second")
    let hasFirst = start.contains("# First")
    #expect(found.chunks.contains { $0.heading == "First" } == hasFirst)
  }

  // What is no text

  @Test("Link definitions make no chunk")
  func definitions() throws {
    let definitions = "[a]: http://example.org/a\n[b]: <http://example.org/b>\n  \"title\""
    let found = try document("\(definitions)\n\n# A\n\n\(words(22))\n\n\(definitions)\n")
    #expect(found.chunks.map(\.text) == ["# A\n\n\(words(22))"])
    #expect(try document(definitions).chunks.isEmpty)
    for html in ["<!-- a\n-->", "<!-- a -->", "<div>\n</div>\n", "<pre>\n\na</pre>"] {
      let chunks = try document("\(html)\n\(definitions)\n").chunks
      #expect(chunks.count == 1 && chunks[0].text == html.trimmingEnd(), "\(chunks.map(\.text))")
    }
    let between = try document("one\n\n\(definitions)\n\ntwo")
    #expect(between.chunks.map(\.text) == ["one\n\n\(definitions)\n\ntwo"], "text goes on after it")
    #expect(between.chunks.first?.tokenCount == 7)
  }

  @Test("Data in an address is left out; its lines stay")
  func dataURI() throws {
    let data = String(repeating: "iVBORw0KGgo+/=", count: 40_000)
    let text = "before\n\n![image](data:image/png;base64,\(data) \"title\")\n\nafter\n"
    let chunks = try document(text).chunks
    #expect(
      chunks.map(\.text) == [
        "before\n\n![image](data:image/png;base64,… \"title\")\n\nafter"
      ])
    #expect(chunks.first?.lines == 1...5)
    let small = "![dot](data:image/gif;base64,R0lGODlhAQABAAAAACw=)"
    #expect(try document(small).chunks.map(\.text) == [small], "little data is a text like others")
    #expect(
      try document("[i]: <data:image/png;base64,\(data)>\n\ntext").chunks.map(\.text) == ["text"])
  }

  // Tables

  @Test("The later parts of a long table begin with its head", arguments: ["", "> ", "  "])
  func tableHead(prefix: String) throws {
    let head = ["| name | size |", "|------|-----:|"]
    let rows = (1...40).map { "| row\($0) | \($0) |" }
    let table = (head + rows).map { prefix + $0 }.joined(separator: "\n")
    let found = try document("# A\n\ntext\n\n\(table)\n\nend").chunks
    #expect(found.count > 5)
    let parts = found.filter { $0.text.contains("| row") }
    let whole = head.map { prefix + $0 }.joined(separator: "\n")
    #expect(parts.allSatisfy { $0.text.contains(whole + "\n") }, "\(parts.map(\.text))")
    #expect(found.allSatisfy { $0.tokenCount <= 24 && Counting.words.count($0.text) <= 24 })
    for number in 1...40 {
      #expect(found.count { $0.text.contains("| row\(number) |") } == 1)
    }
  }

  @Test("A table right below a paragraph and a rule right below a table are told apart")
  func tableBetween() throws {
    let table = "| a | b |\n|---|---|\n| 1 | 2 |"
    let found = try document("\(words(22))\n\(table)\n---\n\(words(22))").chunks
    #expect(found.contains { $0.text.hasPrefix(table) }, "\(found.map(\.text))")
    #expect(found.allSatisfy { $0.heading == nil })
  }

  // Hostile input

  static let size = 1 << 20
  static let hostileTexts: KeyValuePairs<String, String> = [
    "quotes in quotes": String(repeating: ">", count: size),
    "quotes in quotes, line after line": String(
      repeating: String(repeating: ">", count: 200) + "\n", count: size / 201),
    "items in items": String(repeating: "- ", count: size / 2) + "x",
    "deeper and deeper": (0..<1000).map { String(repeating: "  ", count: $0) + "- x" }
      .joined(separator: "\n"),
    "a wide table": "|" + String(repeating: "a|", count: 1000) + "\n|"
      + String(repeating: "-|", count: 1000) + "\n" + String(repeating: "x\n", count: size / 2),
    "a narrow table": "a|b\n-|-\n" + String(repeating: "x\n", count: size / 2),
    "one list": String(repeating: "- a\n", count: size / 2),
    "empty items": String(repeating: "-\n", count: size),
    "definitions": String(repeating: "[a]: b\n", count: size / 7),
    "half open definitions": String(repeating: "[a]: b \"\n", count: size / 9),
    "brackets": String(repeating: "[", count: size),
    "stars": String(repeating: "*a ", count: size / 3),
    "footnotes": String(repeating: "[^a]: b\n", count: size / 8),
    "carriage returns": String(repeating: "a\r", count: size / 2),
    "zero bytes": String(repeating: "a\0\n", count: size / 3),
    "underlines": String(repeating: "a\n=\n", count: size / 4),
  ]

  @Test("Hostile Markdown is cut in linear time", arguments: hostileTexts.map(\.key))
  func hostile(name: String) throws {
    let text = try #require(Self.hostileTexts.first { $0.key == name }?.value)
    let chunker = try Chunker(
      maximumTokens: 64, overlapTokens: 0, countTokens: Counting.characters.count)
    let chunks = try chunker.chunks(of: text, as: .markdown)
    #expect(chunks.isEmpty == name.hasSuffix("definitions"))
    #expect(chunks.allSatisfy { $0.tokenCount <= 64 })
  }
}

extension String {
  fileprivate func trimmingEnd() -> String {
    var text = self
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
