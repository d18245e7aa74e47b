import LociCore
import LociIngest
import LociTestKit
import Testing

@Suite("Chunks of documents as people write them")
struct ChunkerExampleTests {
  /// Chunks with one token a word.
  private func chunks(
    _ text: String, of maximum: Int = 24, overlap: Int = 6, as format: TextFormat = .markdown
  ) throws -> [Chunk] {
    let chunker = try Chunker(
      maximumTokens: maximum, overlapTokens: overlap, countTokens: Counting.words.count)
    return try chunker.chunks(of: text, as: format)
  }

  private func words(_ count: Int, _ word: String = "word") -> String {
    (1...count).map { "\(word)\($0)" }.joined(separator: " ")
  }

  @Test("A chunk ends where a heading begins, and knows the headings above it")
  func headings() throws {
    let found = try chunks(
      "# River\n\n\(words(10))\n\n## Stones ##\n\n\(words(10))\n\nDelta\n-----\n\(words(10))\n")
    #expect(found.map(\.heading) == ["River", "River › Stones", "River › Delta"])
    #expect(found.map(\.lines) == [1...3, 5...7, 9...11])
    #expect(found[1].text == "## Stones ##\n\n\(words(10))")
  }

  @Test("A heading right under another one stays with it")
  func stackedHeadings() throws {
    let found = try chunks("# River\n## Stones\n\n\(words(10))\n")
    #expect(found.map(\.heading) == ["River › Stones"])
    #expect(found.map(\.lines) == [1...4])
  }

  @Test("Tiny sections of one parent share a chunk under it; others do not")
  func tinySiblings() throws {
    let found = try chunks("# A\n## B\nb\n## C\nc\n# D\nd\n\n\(words(10))", of: 40)
    #expect(found.map(\.heading) == ["A", "D"])
    #expect(found.map(\.lines) == [1...5, 6...9])
  }

  @Test(
    "What belongs together stays together where it fits",
    arguments: [
      "```swift\nlet a = 1\n\n# not a heading\n\nlet b = 2\n```",
      "````\n```\ninner\n```\n````",
      "~~~\n```\n\nx\n~~~",
      "- one\n- two\n\n  still two\n\n  ```\n  code\n\n  code\n  ```\n- three",
      "1. one\n2. two\nlazy\n   - nested",
      "> quote\n> more\n>\n> end",
      "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
      "    indented\n\n    code",
    ])
  func blocksStayWhole(block: String) throws {
    let text = "\(words(23))\n\n\(block)\n\n\(words(23))\n"
    let found = try chunks(text)
    #expect(found.contains { $0.text.contains(block) }, "\(found.map(\.text))")
    #expect(found.count == 3)
  }

  @Test("Long code is cut between lines, and the next chunk repeats the last of them")
  func longCode() throws {
    let lines = (1...40).map { "let x\($0) = y" }
    let found = try chunks("```\n" + lines.joined(separator: "\n") + "\n```")
    #expect(found.count > 2)
    for chunk in found {
      #expect(chunk.text.split(separator: "\n").allSatisfy { $0.count(where: { $0 == " " }) != 1 })
    }
    for (before, after) in zip(found, found.dropFirst()) {
      #expect(after.lines.lowerBound == before.lines.upperBound, "one line of 4 tokens fits in 6")
    }
  }

  @Test("A long list is cut between items")
  func longList() throws {
    let items = (1...20).map { "- item \($0)\n  goes on" }
    let found = try chunks(items.joined(separator: "\n"))
    #expect(found.count > 2)
    #expect(found.allSatisfy { $0.text.hasPrefix("- item") && $0.text.hasSuffix("goes on") })
  }

  @Test("A long paragraph is cut between sentences; whole sentences overlap")
  func longParagraph() throws {
    let sentences = (1...12).map { "Sentence \($0) (it's “short”) ends e.g. here." }
    let found = try chunks(sentences.joined(separator: " "), of: 30, overlap: 12)
    #expect(found.count > 2)
    #expect(found.allSatisfy { $0.text.hasPrefix("Sentence") || $0.text.hasPrefix("here") })
    for (before, after) in zip(found, found.dropFirst()) {
      #expect(after.bytes.lowerBound < before.bytes.upperBound)
    }
  }

  @Test("Paragraphs that are not cut do not overlap")
  func noOverlap() throws {
    let found = try chunks("\(words(20, "a"))\n\n\(words(20, "b"))\n\n\(words(20, "c"))")
    #expect(found.map(\.text) == [words(20, "a"), words(20, "b"), words(20, "c")])
  }

  @Test("Chinese is cut after its full stops, which no blank follows")
  func chinese() throws {
    let chunker = try Chunker(
      maximumTokens: 12, overlapTokens: 0, countTokens: Counting.characters.count)
    let found = try chunker.chunks(of: "记忆是一条河流。石头沉在水底！你喝什么？我喝茶。", as: .plain)
    #expect(found.map(\.text) == ["记忆是一条河流。", "石头沉在水底！你喝什么？", "我喝茶。"])
  }

  @Test("A lone character that is too long is cut; families of emoji are not")
  func emoji() throws {
    let family = "👩‍👩‍👧‍👦"
    let chunker = try Chunker(maximumTokens: 7, overlapTokens: 0) { $0.unicodeScalars.count }
    let found = try chunker.chunks(of: String(repeating: family, count: 5), as: .plain)
    #expect(found.map(\.text) == Array(repeating: family, count: 5))
    let tight = try Chunker(maximumTokens: 3, overlapTokens: 0) { $0.unicodeScalars.count }
    #expect(try tight.chunks(of: family, as: .plain).allSatisfy { $0.tokenCount <= 3 })
  }

  @Test("Empty and blank documents have no chunks", arguments: ["", " \n\t\n", "\u{3000}\n\u{A0}"])
  func blank(text: String) throws {
    for format in TextFormat.allCases where format != .notebook {
      #expect(try chunks(text, as: format).isEmpty)
    }
  }

  @Test("Plain text has no headings, and hash marks in code are no headings")
  func plain() throws {
    let text = "# not a heading\n\n- a\n\n\(words(5))"
    #expect(try chunks(text, as: .plain).map(\.heading) == [nil])
    #expect(try chunks("#include <a>\n\n# define b", as: .lines).map(\.lines) == [1...3])
  }

  @Test("What tokens can't be counted in is refused, and limits that can't work")
  func refusals() throws {
    struct Broken: Error {}
    let chunker = try Chunker(maximumTokens: 8, overlapTokens: 0) { _ in throw Broken() }
    #expect(throws: Broken.self) { try chunker.chunks(of: "text", as: .plain) }
    #expect(throws: LociError.self) {
      try Chunker(maximumTokens: 0, overlapTokens: 0) { $0.count }
    }
    #expect(throws: LociError.self) {
      try Chunker(maximumTokens: 10, overlapTokens: 6) { $0.count }
    }
  }

  @Test("A chunker for an embedder leaves room for its special tokens, and refuses more")
  func forEmbedder() throws {
    let embedder = BagOfWordsEmbedder(maximumTokens: 256)
    let chunker = try Chunker(for: embedder)
    #expect(chunker.maximumTokens == 254)
    #expect(chunker.overlapTokens == 50)
    #expect(try Chunker(for: BagOfWordsEmbedder(maximumTokens: 8192)).maximumTokens == 512)
    #expect(try Chunker(for: embedder, maximumTokens: 40).overlapTokens == 20)
    let error = #expect(throws: LociError.self) {
      try Chunker(for: embedder, maximumTokens: 255)
    }
    #expect(error?.code == .invalidArgument)
    #expect(error?.remedy?.contains("254") == true)
  }
}
