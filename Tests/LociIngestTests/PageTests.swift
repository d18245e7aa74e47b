import LociCore
import LociIngest
import LociTestKit
import Testing

@Suite("HTML pages and notebooks")
struct PageTests {
  private func document(
    _ text: String, as format: TextFormat = .html, of maximum: Int = 24
  ) throws -> ChunkedDocument {
    try Chunker(maximumTokens: maximum, overlapTokens: 0, countTokens: Counting.words.count)
      .document(text, as: format)
  }

  private var body: String { (1...8).map { "word\($0)" }.joined(separator: " ") }

  @Test("A page is read under its headings, without what no reader sees")
  func page() throws {
    let found = try document(
      """
      <!DOCTYPE html>
      <html><head><title>The  River &amp; the Sea</title>
      <style>h1 { color: red }</style><script>var h = "<h1>no</h1>";</script></head>
      <body>
      <!-- <h1>no</h1> -->
      <p>Before \(body)</p>
      <h1>Stones <em>of</em> old</h1>
      <p>They lie <b>deep</b>&nbsp;down;
      \(body)</p>
      <h2>Moss</h2>
      <p hidden>unseen</p><noscript>unseen</noscript><svg><text>unseen</text></svg>
      <div>green<br>soft <img src="a.png" alt="a stone"> \(body)</div>
      <pre>
      let a = 1

        # no
      </pre>
      </body></html>
      """)
    #expect(found.metadata == ["title": "The River & the Sea"])
    #expect(
      found.chunks.map(\.heading) == [
        "The River & the Sea", "Stones of old", "Stones of old › Moss",
      ])
    #expect(
      found.chunks.map(\.text) == [
        "Before \(body)", "Stones of old\n\nThey lie deep\u{A0}down; \(body)",
        "Moss\n\ngreen\nsoft a stone \(body)\n\nlet a = 1\n\n  # no",
      ])
    #expect(found.chunks.map(\.lines) == [6...6, 7...8, 10...16])
  }

  @Test("Lists stay together, and are cut between items")
  func lists() throws {
    let list = "<ul><li>one<ul><li>inside</li></ul></li><li>two</li></ul>"
    #expect(
      try document("<p>text</p>" + list).chunks.map(\.text) == [
        "text\n\n- one\n  - inside\n- two"
      ])
    let items = (1...20).map { "<li>item \($0) \(body)</li>" }.joined()
    let found = try document("<ol>\(items)</ol>").chunks
    #expect(found.count == 10)
    #expect(found.allSatisfy { $0.text.hasPrefix("- item") && $0.text.hasSuffix("word8") })
  }

  @Test("The later parts of a table begin with its head; a table for the layout is no table")
  func tables() throws {
    let rows = (1...30).map { "<tr><td>row \($0)</td><td>\($0)</td></tr>" }.joined(separator: "\n")
    let found = try document(
      "<table><caption>Sizes</caption><tr><th>name</th><th>size</th></tr>\(rows)</table>"
    ).chunks
    #expect(found.count > 3)
    #expect(found.allSatisfy { $0.text.contains("| name | size |\n| row") }, "\(found.map(\.text))")
    let layout = try document(
      "<table><tr><td><h1>Title</h1><p>\(body)</p><table><tr><td>a<td>b</table></td></tr></table>")
    #expect(layout.chunks.map(\.heading) == ["Title"])
    #expect(layout.chunks.first?.text == "Title\n\n\(body)\n\n| a | b |")
  }

  @Test(
    "A page that is no page is read as far as it goes",
    arguments: [
      ("", ""), ("just text", "just text"), ("<p>open <b>never closed", "open never closed"),
      ("</div></p>text</h1>", "text"), ("<<<>>>", "<<<>>>"), ("<p>a</p", "a"), ("<!-- open", ""),
      ("<title>only", ""), ("<td>cell</td>", "cell"), ("<li>item", "- item"),
      ("&#0;&bad;x", "\u{FFFD}&bad;x"),
      ("<select><option>x</select><script>x", ""), ("<h1></h1><p></p>text", "text"),
      ("<ul></ul><table></table><pre></pre>a", "a"), ("<table><p>x</table>", "x"),
    ])
  func broken(html: String, text: String) throws {
    #expect(try document(html).chunks.map(\.text).joined() == text)
  }

  @Test("Data in a page's addresses is no text")
  func dataURI() throws {
    let data = String(repeating: "iVBORw0KGgo", count: 50_000)
    let chunks = try document("<p>a <img src='data:image/png;base64,\(data)'> b</p>").chunks
    #expect(chunks.map(\.text) == ["a b"])
  }

  static let size = 1 << 20
  static let hostileTexts: KeyValuePairs<String, String> = [
    "deep": String(repeating: "<div>", count: 20_000) + "text",
    "deep and closed": String(repeating: "<b>", count: 10_000) + "text"
      + String(repeating: "</b>", count: 10_000),
    "lists": String(repeating: "<ul><li>", count: 5000) + "text",
    "tables": String(repeating: "<table><tr><td>", count: 3000) + "text",
    "formatting": (0..<300).map { "<b id=\($0)>" }.joined()
      + String(repeating: "<p>x</p>", count: 300),
    "cells": "<table>" + String(repeating: "<td>x", count: size / 5),
    "angles": String(repeating: "<", count: size),
    "entities": String(repeating: "&amp;", count: size / 5),
    "breaks": "x" + String(repeating: "<br>", count: size / 4),
    "attributes": "<p " + (0..<20_000).map { "a\($0)=b" }.joined(separator: " ") + ">text",
    "long text": String(repeating: "word ", count: size / 5),
  ]

  @Test("Hostile pages are read", arguments: hostileTexts.map(\.key))
  func hostile(name: String) throws {
    let text = try #require(Self.hostileTexts.first { $0.key == name }?.value)
    let chunks = try document(text, of: 100).chunks
    #expect(!chunks.isEmpty)
    #expect(chunks.allSatisfy { $0.tokenCount <= 100 })
  }

  @Test("A page that would cost hours or all memory is refused")
  func refused() throws {
    let deep = String(repeating: "<div>", count: 200_000)
    #expect(try #require(throws: LociError.self) { try document(deep) }.code == .unsupported)
    let many = (0..<8000).map { "<b id=\($0)>" }.joined()
    let copies = "<p>\(many)</p>" + String(repeating: "<p>x</p>", count: 8000)
    #expect(try #require(throws: LociError.self) { try document(copies) }.code == .unsupported)
  }

  // Notebooks

  private let notebook = """
    {
     "cells": [
      {
       "cell_type": "markdown", "metadata": {"source": ["no"]},
       "source": [
        "# River\\n",
        "\\n",
        "```\\n",
        "never closed"
       ]
      },
      {
       "cell_type": "code", "execution_count": 1, "metadata": {},
       "outputs": [{"data": {"text/plain": ["unseen"]}, "output_type": "display_data"}],
       "source": [
        "# no heading\\n",
        "let a = 1"
       ]
      },
      {"cell_type": "markdown", "metadata": {}, "source": "## Stones\\n\\nmany words come now"},
      {"cell_type": "raw", "metadata": {}, "source": []}
     ],
     "metadata": {}, "nbformat": 4, "nbformat_minor": 5
    }
    """

  @Test("A notebook's cells are read under its headings, with the file's lines")
  func cells() throws {
    let found = try document(notebook, as: .notebook)
    #expect(found.chunks.map(\.heading) == ["River", "River › Stones"])
    #expect(
      found.chunks.map(\.text) == [
        "# River\n\n```\nnever closed\n\n# no heading\nlet a = 1",
        "## Stones\n\nmany words come now",
      ])
    #expect(found.chunks.map(\.lines) == [6...17, 20...20])
  }

  @Test("A notebook of the third format is read, too")
  func thirdFormat() throws {
    let found = try document(
      """
      {"nbformat": 3, "worksheets": [{"cells": [
        {"cell_type": "heading", "level": 1, "source": ["River"]},
        {"cell_type": "code", "input": ["let a = 1"], "outputs": []}
      ]}]}
      """, as: .notebook)
    #expect(found.chunks.map(\.text) == ["River\n\nlet a = 1"])
    #expect(found.chunks.map(\.heading) == ["River"])
    #expect(found.chunks.map(\.lines) == [2...3])
  }

  @Test(
    "What is no notebook is refused",
    arguments: [
      "", "{}", "[]", "null", "{\"cells\": 1}", "{\"cells\": [{}]}",
      "{\"cells\": [{\"cell_type\": 1}]}",
      "{\"cells\": [", "{\"cells\": [{\"cell_type\": \"code\", \"source\": {}}]}",
      String(repeating: "[", count: 100_000),
    ])
  func noNotebook(text: String) throws {
    let error = try #require(throws: LociError.self) { try document(text, as: .notebook) }
    #expect(error.code == .corrupt)
  }

  // Source code

  @Test("Source code is cut at blank lines, at the least indented ones first")
  func code() throws {
    let function = { (name: String, count: Int) in
      "func \(name)() {\n" + (1...count).map { "  let x\($0) = 1\n" }.joined() + "\n  return 1\n}"
    }
    let parts = [
      "import A\nimport B", function("one", 3), function("two", 3), function("three", 3),
    ]
    let found = try document(parts.joined(separator: "\n\n"), as: .lines, of: 24).chunks
    #expect(found.map(\.text) == [parts[0] + "\n\n" + parts[1]] + parts[2...])
    let type = "struct S {\n" + parts[1...].joined(separator: "\n\n").indented() + "\n}"
    let inside = try document(type, as: .lines, of: 24).chunks
    #expect(
      inside.dropFirst().allSatisfy { $0.text.hasPrefix("  func") }, "\(inside.map(\.text))")
    let flat = (1...6).map { "def f\($0)():\n    a = 1\n    b = 2" }.joined(separator: "\n")
    #expect(
      try document(flat, as: .lines, of: 10).chunks.allSatisfy { $0.text.hasPrefix("def") })
  }
}

extension String {
  fileprivate func indented() -> String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n")
  }
}
