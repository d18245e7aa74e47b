import Foundation
import LociCore
import LociTokenizer
import Testing

@Suite("Every code point")
struct UnicodeTests {
  /// Each code point alone, in a word, and among marks that NFD may reorder.
  private static func shapes(_ points: Range<UInt32>) -> String {
    points.compactMap(Unicode.Scalar.init).map { scalar in
      "\(scalar) a\(scalar)b e\(scalar)\u{302E}\(scalar)\u{1D165}\(scalar)"
    }.joined(separator: " ")
  }

  private static func digest(_ bytes: [UInt8]) -> Substring {
    Hexadecimal.text(SHA256.digest(bytes)).prefix(8)
  }

  private static var settings: [TinyTokenizer] {
    [
      TinyTokenizer(), TinyTokenizer(stripsAccents: false), TinyTokenizer(lowercases: false),
      TinyTokenizer(
        cleansText: false, partsChinese: false, stripsAccents: true, lowercases: false),
    ]
  }

  @Test("Each one is normalized and split into words as the library does it")
  func words() throws {
    let tokenizers = try Self.settings.map { try $0.tokenizer() }
    let digests = UnicodeFixture.words.split(separator: " ")
    try #require(digests.count == 0x110000 / 1024)
    for (block, expected) in digests.enumerated() {
      let start = UInt32(block * 1024)
      let text = Self.shapes(start..<start + 1024)
      var bytes: [UInt8] = []
      for tokenizer in tokenizers {
        for word in tokenizer.words(of: text) { bytes += Array(word.utf8) + [0x0A] }
      }
      #expect(Self.digest(bytes) == expected, "from U+\(String(start, radix: 16))")
    }
  }

  @Test("Each one has the library's ids with the vocabulary of all-MiniLM-L6-v2")
  func ids() throws {
    let file = Folders().models
      .appending(path: "sentence-transformers--all-MiniLM-L6-v2/tokenizer.json")
    let json = try #require(
      try? Data(contentsOf: file), "\(file.path) is missing: run make setup first.")
    let tokenizer = try Tokenizer(json: json)
    #expect(tokenizer.vocabularySize == 30522)
    #expect(tokenizer.padID == 0)
    for (plane, expected) in UnicodeFixture.ids.split(separator: " ").enumerated() {
      let start = UInt32(plane * 0x10000)
      let ids = tokenizer.ids(of: Self.shapes(start..<start + 0x10000))
      let bytes = ids.flatMap { id in (0..<4).map { UInt8(truncatingIfNeeded: id >> ($0 * 8)) } }
      #expect(Self.digest(bytes) == expected, "plane \(plane)")
    }
  }
}
