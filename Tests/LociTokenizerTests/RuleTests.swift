import LociTokenizer
import Testing

/// Expected ids come from the tokenizers library, given the same file.
@Suite("WordPiece's rules")
struct RuleTests {
  private func expect(
    _ tiny: TinyTokenizer, _ cases: KeyValuePairs<String, [Int32]>,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let tokenizer = try tiny.tokenizer()
    for (text, ids) in cases {
      #expect(tokenizer.ids(of: text) == ids, "\(text.debugDescription)", sourceLocation: location)
      #expect(tokenizer.tokenCount(of: text) == ids.count, sourceLocation: location)
    }
  }

  @Test("An uncased model lower-cases, strips accents and takes the longest pieces")
  func uncased() throws {
    try expect(
      TinyTokenizer(),
      [
        "unaffable": [6, 7, 8], "UNAFFABLE Cafés": [6, 7, 8, 9, 10], "Cafe\u{301}": [9],
        "a,b!": [24, 19, 26, 18], "zz": [1], "the zz the": [5, 1, 5], "😀": [1], "aab": [24, 28],
        "": [], " \t\n\u{3000}": [],
      ])
  }

  @Test("Lower-casing looks at one character at a time, so that a final sigma is no exception")
  func sigma() throws {
    try expect(TinyTokenizer(), ["ΣΑΣ Σ ς": [1, 15, 14], "İ": [12]])
    try expect(TinyTokenizer(stripsAccents: false), ["İ": [12, 13]])
  }

  @Test("Hangul is decomposed only where accents are stripped")
  func hangul() throws {
    try expect(TinyTokenizer(), ["한 한": [21, 22, 23, 21, 22, 23]])
    try expect(TinyTokenizer(stripsAccents: false), ["한": [20], "Café": [11]])
  }

  @Test("Chinese characters are words of their own, unless the file says otherwise")
  func chinese() throws {
    try expect(TinyTokenizer(), ["中文!": [16, 17, 18], "the中the": [5, 16, 5]])
    try expect(TinyTokenizer(partsChinese: false), ["中文 中": [1, 16]])
  }

  @Test("A cased model keeps case and accents; stripping accents can be asked for")
  func cased() throws {
    try expect(
      TinyTokenizer(lowercases: false), ["Cafe cafe Café": [27, 9, 1], "CAFE": [1], "café": [11]])
    try expect(TinyTokenizer(stripsAccents: true, lowercases: false), ["Café": [27]])
  }

  @Test("Cleaning drops control characters, NUL and U+FFFD, and keeps words whole")
  func cleaning() throws {
    try expect(TinyTokenizer(), ["th\0e the\u{200B}": [5, 5], "\u{FFFD} the": [5]])
    try expect(TinyTokenizer(cleansText: false), ["th\0e the\nthe": [1, 5, 5]])
  }

  @Test("A word longer than the limit, in characters and not bytes, is unknown")
  func longWords() throws {
    try expect(
      TinyTokenizer(stripsAccents: false, maximumCharacters: 3),
      ["aaa aaaa": [24, 25, 25, 1], "éaa": [33, 25, 25], "éaaa": [1]])
    let aaa = String(repeating: "a", count: 100)
    try expect(
      TinyTokenizer(), [aaa: [24] + [Int32](repeating: 25, count: 99), aaa + "a": [1]])
  }

  @Test("Normalizers in a sequence work one after the other")
  func sequence() throws {
    let cased = TinyTokenizer(lowercases: false)
    let sequence: [String: Any] = [
      "type": "Sequence",
      "normalizers": [cased.bertNormalizer, TinyTokenizer().bertNormalizer],
    ]
    let preTokenizer: [String: Any] = [
      "type": "Sequence", "pretokenizers": [["type": "BertPreTokenizer"]],
    ]
    try expect(
      TinyTokenizer(normalizer: sequence, preTokenizer: preTokenizer), ["CAFÉ,中文": [9, 19, 16, 17]])
  }
}

@Suite("Added tokens")
struct AddedTokenTests {
  private func ids(_ text: String, _ tokens: [String: Any]...) throws -> [Int32] {
    try TinyTokenizer(addedTokens: tokens).tokenizer().ids(of: text)
  }

  @Test("A special token that is written in a text is that token, in its own spelling only")
  func special() throws {
    #expect(try ids("[CLS] a[MASK]b [cls]") == [2, 24, 4, 26, 29, 31, 30])
  }

  @Test("A token that is not in the vocabulary gets the next free id, whatever the file says")
  func ids() throws {
    #expect(try ids("<x><y>", TinyTokenizer.added("<x>"), TinyTokenizer.added("<y>")) == [34, 35])
  }

  @Test("Of tokens that start together the longest is found")
  func longest() throws {
    let tokens = ["<x", "<x>y", "<x>"].map { TinyTokenizer.added($0) }
    #expect(try ids("<x>y <x> <x", tokens[0], tokens[1], tokens[2]) == [35, 36, 34])
  }

  @Test("A single-word token does not count beside a word character")
  func singleWord() throws {
    let token = TinyTokenizer.added("<x>", "single_word")
    #expect(try ids("a<x>b", token) == [24, 1, 32, 1, 26])
    #expect(try ids("a <x> b", token) == [24, 34, 26])
    #expect(try ids(",<x>,", token) == [19, 34, 19])
    #expect(try ids("e\u{301}<x>", token).contains(34) == false)
  }

  @Test("Tokens that strip take white space along, before another token can have it")
  func stripping() throws {
    let space = TinyTokenizer.added(" a")
    #expect(try ids("<x>  a", TinyTokenizer.added("<x>"), space) == [34, 35])
    #expect(try ids("b <x> b", TinyTokenizer.added("<x>", "lstrip", "rstrip")) == [26, 34, 26])
  }

  @Test("A normalized token is found however it is spelt; a verbatim one is not")
  func normalized() throws {
    #expect(
      try ids("CAFÉ cafe cafes", TinyTokenizer.added("Cafe", "normalized")) == [27, 27, 27, 1])
    #expect(try ids("CAFÉ Cafe cafe", TinyTokenizer.added("Cafe")) == [9, 27, 9])
  }

  @Test(
    "Of two special tokens with one spelling the first is looked for, with the last one's flags")
  func twice() throws {
    let verbatim = TinyTokenizer.added("É", "special")
    let normalized = TinyTokenizer.added("É", "special", "normalized", "single_word")
    #expect(try ids("e É aÉ", verbatim, normalized) == [1, 34, 1])
  }
}
