import CCommonMark
import LociIngest
import LociSimulation
import LociTestKit
import Testing

@Suite("The blocks of a document are those that libcmark-gfm reports of a finished one")
struct CommonMarkTests {
  /// An outermost block, as much of it as both readers tell.
  private struct Outline: Hashable, CustomStringConvertible {
    let kind: String
    let line: Int
    var description: String { "\(kind) \(line)" }
  }

  /// What the library says once it has read everything at once.
  private func reported(_ text: String) throws -> [Outline] {
    cmark_gfm_core_extensions_ensure_registered()
    let parser = unsafe cmark_parser_new(CMARK_OPT_FOOTNOTES)
    defer { unsafe cmark_parser_free(parser) }
    _ = unsafe cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"))
    unsafe cmark_parser_feed(parser, text, text.utf8.count)
    let root = unsafe cmark_parser_finish(parser)
    defer { unsafe cmark_node_free(root) }
    var found: [Outline] = []
    var node = unsafe cmark_node_first_child(root)
    while let current = unsafe node {
      unsafe node = unsafe cmark_node_next(current)
      let name = unsafe String(cString: cmark_node_get_type_string(current))
      let line = unsafe Int(cmark_node_get_start_line(current))
      // A footnote that nobody refers to goes when a document is finished, and others move to its
      // end; a table has the line of the paragraph that its head was in.
      if name.contains("footnote") || name == "<unknown>" || name == "table" || line == 0 {
        continue
      }
      let level = unsafe cmark_node_get_heading_level(current)
      found.append(Outline(kind: level > 0 ? "heading \(level)" : kind(name), line: line))
    }
    return found.sorted { $0.line < $1.line }
  }

  private func kind(_ name: String) -> String {
    switch name {
    case "code_block": "code"
    case "html_block": "lines"
    default: "text"
    }
  }

  private func read(_ text: String) -> [Outline] {
    var reader = MarkdownBlocks(DocumentText(text))
    var found: [Outline] = []
    while let block = reader.next() {
      switch block.kind {
      case .heading(let level, _): found.append(Outline(kind: "heading \(level)", line: block.line))
      case .definitions, .table: continue
      default: found.append(Outline(kind: "\(block.kind)", line: block.line))
      }
    }
    return found
  }

  private func headings(_ outline: [Outline]) -> [Outline] {
    outline.filter { $0.kind.hasPrefix("heading") }
  }

  private static let fragments = [
    "# One", "## Two ##", "Three\n===", "Four\n---", "text", "more text\ngoes on", "---", "***",
    "- item", "- item\n\n  more", "  - nested", "1. one", "1) one\n   # inside", "> quote", "> # q",
    "lazy", "```", "```\ncode\n```", "~~~ swift\n# no\n~~~", "- ```\n  x", "  ```", "    indented",
    "<!--", "-->", "<!-- one -->", "<pre>", "</pre>", "<script>", "</script>", "<div>", "</div>",
    "<?php", "?>", "<b>x</b>", "[a]: http://b", "[a]:\nb\n'title'", "[^1]: note", "| a | b |",
    "|---|---|", "| 1 | 2 |", "a | b\n--- | ---", "\t- tab", "-", "- - -", "#", "####### seven",
    "\\# escaped", "é 河 👩‍👩‍👧‍👦", "a\\\nb  \nc", "&amp; *x* `y`",
  ]

  private func document(_ generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...14, using: &generator)).map { _ in
      Self.fragments[Int.random(in: 0..<Self.fragments.count, using: &generator)]
        + ["\n", "\n", "\n\n", "\n\n\n", "\n \n"][Int.random(in: 0..<5, using: &generator)]
    }
    .joined()
  }

  @Test("10,000 generated documents have the headings that are reported")
  func generated() throws {
    var generator = SeededGenerator(seed: 26)
    for number in 0..<10_000 {
      let text = document(&generator)
      let (found, wanted) = (read(text), try reported(text))
      guard headings(found) == headings(wanted) else {
        Issue.record("document \(number): \(headings(found)), not \(headings(wanted)):\n\(text)")
        return
      }
      // Every block that is reported begins where one was read, code and HTML as what they are.
      let kinds = Dictionary(found.map { ($0.line, $0.kind) }) { first, _ in first }
      let missing = wanted.filter {
        $0.kind == "text" ? kinds[$0.line] == nil : kinds[$0.line] != $0.kind
      }
      guard missing.isEmpty else {
        Issue.record("document \(number): \(missing) is not in \(found):\n\(text)")
        return
      }
    }
  }

  @Test("A block takes no line of the next, and none is lost")
  func cover() throws {
    var generator = SeededGenerator(seed: 27)
    for number in 0..<2000 {
      let text = document(&generator)
      let bytes = Array(text.utf8)
      var reader = MarkdownBlocks(DocumentText(text))
      var end = 0
      while let block = reader.next() {
        let gap = bytes[end..<max(end, block.range.lowerBound)]
        let isInOrder =
          block.range.lowerBound >= end && gap.allSatisfy { " \t\n".utf8.contains($0) }
        guard isInOrder, isCovered(block) else {
          Issue.record("document \(number), line \(block.line):\n\(text)")
          return
        }
        end = block.range.upperBound
      }
      #expect(
        bytes[end...].allSatisfy { " \t\n".utf8.contains($0) }, "document \(number):\n\(text)")
    }
  }

  /// Whether the blocks in a block lie in it, in order.
  private func isCovered(_ block: Block) -> Bool {
    var end = block.range.lowerBound
    for child in block.children {
      guard child.range.lowerBound >= end, child.range.upperBound <= block.range.upperBound,
        isCovered(child)
      else { return false }
      end = child.range.upperBound
    }
    guard let first = block.children.first else { return true }
    return first.range.lowerBound == block.range.lowerBound
  }

  @Test("A long document has the headings of a short one, wherever the reader stops for breath")
  func long() throws {
    var generator = SeededGenerator(seed: 28)
    let text = (0..<4000).map { _ in document(&generator) + "\n\n" }.joined()
    #expect(headings(read(text)) == headings(try reported(text)))
  }
}
