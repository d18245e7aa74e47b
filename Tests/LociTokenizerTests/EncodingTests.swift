import Foundation
import LociTestKit
import LociTokenizer
import Testing

@Suite("Encoding within a limit")
struct EncodingTests {
  @Test("Special tokens are kept and the text is cut; the file's own truncation is ignored")
  func cut() throws {
    let tokenizer = try TinyTokenizer().tokenizer()
    let text = "the a b cafe"
    #expect(tokenizer.encode(text, maximumTokens: 6).ids == [2, 5, 24, 26, 9, 3])
    #expect(tokenizer.encode(text, maximumTokens: 6).isTruncated == false)
    #expect(
      tokenizer.encode(text, maximumTokens: 5)
        == Encoding(ids: [2, 5, 24, 26, 3], isTruncated: true)
    )
    #expect(tokenizer.encode(text, maximumTokens: 2) == Encoding(ids: [2, 3], isTruncated: true))
    #expect(tokenizer.encode("", maximumTokens: 2) == Encoding(ids: [2, 3], isTruncated: false))
    #expect(tokenizer.encode(text, maximumTokens: -1).ids == [2, 3])
  }

  @Test("A template's special tokens stand where it puts them")
  func template() throws {
    let special: (String) -> [String: Any] = { ["SpecialToken": ["id": $0, "type_id": 0]] }
    let sequence: [String: Any] = ["Sequence": ["id": "A", "type_id": 0]]
    let template: [String: Any] = [
      "type": "TemplateProcessing", "single": [special("[MASK]"), special("[CLS]"), sequence],
      "pair": [],
      "special_tokens": ["[CLS]": ["ids": [2]], "[MASK]": ["ids": [4, 0]]],
    ]
    let tokenizer = try TinyTokenizer(postProcessor: template).tokenizer()
    #expect(tokenizer.encode("the a", maximumTokens: 9).ids == [4, 0, 2, 5, 24])
    let plain = try TinyTokenizer(postProcessor: NSNull()).tokenizer()
    #expect(plain.encode("the a", maximumTokens: 9).ids == [5, 24])
  }

  @Test("A cut text's ids are the start of the uncut text's")
  func prefixes() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededGenerator(seed: seed)
    let tokenizer = try RandomText.tokenizer()
    for _ in 0..<300 {
      let text = RandomText.make(words: Int.random(in: 0...3000, using: &generator), &generator)
      let ids = tokenizer.ids(of: text)
      let limit = Int.random(in: 2...600, using: &generator)
      let encoding = tokenizer.encode(text, maximumTokens: limit)
      #expect(encoding.ids == [2] + ids.prefix(limit - 2) + [3], "seed \(seed)")
      #expect(encoding.isTruncated == (ids.count > limit - 2), "seed \(seed)")
      #expect(tokenizer.tokenCount(of: text) == ids.count, "seed \(seed)")
    }
  }

  @Test("A long text has the ids of its lines, one after the other")
  func lines() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededGenerator(seed: seed)
    let tokenizer = try RandomText.tokenizer()
    for _ in 0..<100 {
      let lines = (0..<200).map { _ in
        RandomText.make(words: Int.random(in: 0...60, using: &generator), &generator)
      }
      let whole = tokenizer.ids(of: lines.joined(separator: "\n"))
      #expect(whole == lines.flatMap { tokenizer.ids(of: $0) }, "seed \(seed)")
    }
  }

  @Test("Ten megabytes without a space are read: as one word, as Chinese, as marks")
  func withoutSpaces() throws {
    let tokenizer = try TinyTokenizer().tokenizer()
    let count = 3_000_000
    let word = String(repeating: "a", count: count)
    #expect(tokenizer.encode(word, maximumTokens: 256).ids == [2, 1, 3])
    let chinese = tokenizer.encode(String(repeating: "中", count: count), maximumTokens: 256)
    #expect(chinese.ids == [2] + [Int32](repeating: 16, count: 254) + [3])
    #expect(tokenizer.ids(of: "a" + String(repeating: "\u{301}", count: count)) == [24])
  }

  @Test("Any bytes, read as UTF-8, give ids of the vocabulary")
  func randomBytes() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededGenerator(seed: seed)
    let tokenizer = try RandomText.tokenizer()
    for _ in 0..<2000 {
      let count = Int.random(in: 0...200, using: &generator)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let ids = tokenizer.ids(of: String(decoding: bytes, as: UTF8.self))
      #expect(ids.allSatisfy { $0 >= 0 && $0 < tokenizer.vocabularySize }, "seed \(seed)")
    }
  }
}

/// Texts of words, marks, added tokens and characters from everywhere.
enum RandomText {
  private static let pieces = [
    "unaffable", "cafe", "Café", "中文", "한", "[CLS]", "[MASK", "<x>", "Foo", "!", ",", "\0", "😀",
    "e\u{301}\u{302E}\u{1D165}", "\u{3000}", "\u{200D}", "שלום", " ", " ", "a", "b",
  ]

  static func tokenizer() throws -> Tokenizer {
    let tokens = [
      TinyTokenizer.added("<x>", "single_word", "lstrip"),
      TinyTokenizer.added("foo", "normalized", "rstrip"),
    ]
    return try TinyTokenizer(addedTokens: tokens).tokenizer()
  }

  static func make(words: Int, _ generator: inout SeededGenerator) -> String {
    var text = ""
    for _ in 0..<words {
      if Bool.random(using: &generator) {
        text += pieces[Int.random(in: pieces.indices, using: &generator)]
      } else {
        let point = UInt32.random(in: 0...0x10FFFF, using: &generator)
        text.unicodeScalars.append(Unicode.Scalar(point).map { $0 == "\n" ? " " : $0 } ?? " ")
      }
    }
    return text
  }
}
