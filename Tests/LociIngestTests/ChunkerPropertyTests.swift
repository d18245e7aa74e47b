import LociCore
import LociIngest
import LociTestKit
import Synchronization
import Testing

@Suite("What holds for the chunks of every document")
struct ChunkerPropertyTests {
  static let cases = Counting.allCases.flatMap { counting in
    [(8, 0), (12, 4), (40, 15), (254, 50)].map { (counting, $0.0, $0.1) }
  }

  @Test("Nothing is lost, nothing is too long, and the order is kept", arguments: cases)
  func invariants(counting: Counting, maximum: Int, overlap: Int) throws {
    let chunker = try Chunker(
      maximumTokens: maximum, overlapTokens: overlap, countTokens: counting.count)
    for seed in UInt64(1)...40 {
      var random = RandomDocument(seed: seed)
      let text = random.markdown()
      for format in [TextFormat.markdown, .plain, .lines] {
        let chunks = try chunker.chunks(of: text, as: format)
        let front = format == .markdown && text.hasPrefix(Self.front) ? Self.front.utf8.count : 0
        try check(chunks, of: text, after: front, "seed \(seed), \(format)")
        for chunk in chunks {
          #expect(chunk.tokenCount <= maximum, "seed \(seed), \(format)")
          #expect(counting.count(chunk.text) <= maximum, "seed \(seed), \(format)")
        }
      }
    }
  }

  private static let front = "---\ntitle: x\n---\n"

  private func check(
    _ chunks: [Chunk], of text: String, after start: Int, _ note: String
  ) throws {
    let bytes = Array(text.utf8)
    var covered = [Bool](repeating: false, count: bytes.count)
    var last = (start: -1, end: -1)
    let boundaries = Set(text.indices.map { text.utf8.distance(from: text.startIndex, to: $0) })
      .union([bytes.count])
    for (index, chunk) in chunks.enumerated() {
      #expect(chunk.index == index, "\(note)")
      // A later part of a table repeats its head, which stands further up in the text.
      let own = String(decoding: bytes[chunk.bytes], as: UTF8.self)
      #expect(
        chunk.text.utf8.elementsEqual(own.utf8) || chunk.text.hasSuffix("\n" + own), "\(note)")
      #expect(chunk.bytes.lowerBound > last.start && chunk.bytes.upperBound > last.end, "\(note)")
      let isWhole = boundaries.isSuperset(of: [chunk.bytes.lowerBound, chunk.bytes.upperBound])
      #expect(isWhole, "\(note): bytes \(chunk.bytes) begin or end inside a character")
      let before = bytes[..<chunk.bytes.lowerBound].count { $0 == UInt8(ascii: "\n") }
      let inside = bytes[chunk.bytes].count { $0 == UInt8(ascii: "\n") }
      #expect(chunk.lines == (before + 1)...(before + 1 + inside), "\(note)")
      for offset in chunk.bytes { covered[offset] = true }
      last = (chunk.bytes.lowerBound, chunk.bytes.upperBound)
    }
    var offset = 0
    for character in text {
      let isCovered = covered[offset]
      #expect(
        isCovered || character.isWhitespace || offset < start,
        "\(note): byte \(offset) is in no chunk")
      offset += character.utf8.count
    }
  }

  @Test("Two runs give the same chunks")
  func deterministic() throws {
    let chunker = try Chunker(
      maximumTokens: 20, overlapTokens: 5, countTokens: Counting.words.count)
    for seed in UInt64(1)...20 {
      var random = RandomDocument(seed: seed)
      let text = random.markdown()
      #expect(
        try chunker.chunks(of: text, as: .markdown) == chunker.chunks(of: text, as: .markdown),
        "seed \(seed)")
    }
  }

  static let long = 1 << 20
  static let pathological: KeyValuePairs<String, String> = [
    "one line of words": String(repeating: "word ", count: long / 5),
    "one word": String(repeating: "x", count: long),
    "Chinese without a stop": String(repeating: "记忆", count: long / 6),
    "Thai": String(repeating: "ความทรงจำ", count: long / 27),
    "emoji": String(repeating: "👩‍👩‍👧‍👦", count: long / 25),
    "flags": String(repeating: "🇩🇪", count: long / 8),
    "one character": "e" + String(repeating: "\u{301}", count: long / 2),
    "blank": String(repeating: " ", count: long),
    "blank lines between two words": "a" + String(repeating: "\n", count: long) + "b",
    "tiny paragraphs": String(repeating: "a\n\n", count: long / 3),
    "headings": String(repeating: "# a\n", count: long / 4),
    "fences that never close": String(repeating: "```a\n", count: long / 5),
    "front matter that never closes": "---\n" + String(repeating: "a: b\n", count: long / 5),
    "list": String(repeating: "- a\n", count: long / 4),
    "quote": String(repeating: "> ", count: long / 2),
    "right to left": String(repeating: "שלום עולם ", count: long / 18),
    "heading marks": String(repeating: "#", count: long),
    "ticks": String(repeating: "`", count: long),
  ]

  @Test("The cost is linear on hostile documents of 1 MiB", arguments: pathological.map(\.key))
  func linear(name: String) throws {
    let text = try #require(Self.pathological.first { $0.key == name }?.value)
    let counted = Mutex((calls: 0, bytes: 0))
    let chunker = try Chunker(maximumTokens: 64, overlapTokens: 16) { text in
      counted.withLock { $0 = ($0.calls + 1, $0.bytes + text.utf8.count) }
      return Counting.characters.count(text)
    }
    let chunks = try chunker.chunks(of: text, as: .markdown)
    let size = text.utf8.count
    let (calls, bytes) = counted.withLock { $0 }
    #expect(bytes <= 5 * size, "each byte is counted once a level")
    #expect(calls <= size + 1)
    #expect(chunks.reduce(0) { $0 + $1.bytes.count } <= 2 * size)
    #expect(chunks.allSatisfy { $0.bytes.count <= 64 * 16 })
    #expect(name == "blank" ? chunks.isEmpty : !chunks.isEmpty)
  }
}
