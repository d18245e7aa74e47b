import LociCommand
import Testing

@Suite("Paragraphs for the terminal")
struct ReflowTests {
  @Test("The lines of a paragraph are filled together, without orphans")
  func paragraph() {
    let text = """
      The ferry leaves from pier nine at half past seven in
      the
      morning, and it comes back late.

      A second one.
      """
    #expect(
      Wrap.block(of: text, width: 40) == [
        "The ferry leaves from pier nine at half", "past seven in the morning, and it comes",
        "back late.", "A second one.",
      ])
  }

  @Test("Headings, lists, quotes, tables, rules and code keep their lines")
  func structure() {
    let lines = [
      "# Title", "## Sub", "Setext", "======", "- one", "* two", "+ three", "  - inner", "1. first",
      "2) second", "> said", "> more", "| a | b |", "|---|---|", "| 1 | 2 |", "x | y", "-- | --",
      "---", "```swift", "let  a = 1", "", "  let b = 2", "```", "~~~", "text", "~~~", "<div>",
      "</div>",
    ]
    #expect(
      Wrap.block(of: lines.joined(separator: "\n"), width: 40) == lines.filter { !$0.isEmpty })
    #expect(
      Wrap.block(of: "Intro\n\n    code  one\n    code two\n\nEnd", width: 40) == [
        "Intro", "    code  one", "    code two", "End",
      ])
  }

  @Test("An item goes on until the next one, and a hard break is kept")
  func items() {
    #expect(
      Wrap.block(of: "- one\n  goes on\n- two\n\nAfter\nit", width: 40) == [
        "- one goes on", "- two", "After it",
      ])
    #expect(Wrap.block(of: "Roses  \nare\\\nred", width: 40) == ["Roses", "are\\", "red"])
    #expect(
      Wrap.block(of: "- ```sh\n  ls -l\n  ```\nafter\nit", width: 40) == [
        "- ```sh", "  ls -l", "  ```", "after it",
      ])
    #expect(Wrap.block(of: "東京\nは夜", width: 40) == ["東京は夜"])
  }

  @Test("Source code keeps every line, its indentation and the spaces inside")
  func code() {
    let text = "func f() {\n\treturn  1\n}\n"
    #expect(
      Wrap.block(of: text, width: 40, keepsLines: true) == ["func f() {", "    return  1", "}"])
  }

  @Test("No line is wider than the terminal, whatever its width", arguments: 2...40)
  func widths(width: Int) {
    let text = """
      # A heading that is long
      - an item with averyveryverylongword inside
          deep code = "with spaces  inside"
      ```
                    very deep indentation 東京東京
      ```
      | a table | that is | much too wide |
      """
    for line in Wrap.block(of: text, width: width) { #expect(Wrap.columns(of: line) <= width) }
    #expect(Wrap.block(of: text, width: width, limit: 3).count == 3)
  }

  @Test("A whole text keeps its lines; only what is too wide is broken, and never inside a path")
  func whole() {
    let text = "one\n\n  two three four five\n/a/very/long/path/that/is/copied\n"
    #expect(
      Wrap.whole(text, width: 12) == """
        one

          two three
          four five
        /a/very/long/path/that/is/copied

        """)
  }
}
