import Foundation
import LociCore
import LociTestKit
import LociTokenizer
import Testing

@Suite("A vocabulary without a tokenizer.json")
struct VocabularyTests {
  private func file(_ lines: [String] = TinyTokenizer.vocabulary, end: String = "\n") -> Data {
    Data(lines.map { $0 + end }.joined().utf8)
  }

  @Test("A bare vocab.txt gives the ids that the same tokenizer.json gives, for any text")
  func equalIDs() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededGenerator(seed: seed)
    for lowercases in [true, false] {
      var options = TokenizerOptions()
      options.lowercases = lowercases
      let bare = try Tokenizer(vocabulary: file(), options: options)
      let whole = try TinyTokenizer(lowercases: lowercases).tokenizer()
      for _ in 0..<300 {
        let text = RandomText.make(words: 20, &generator) + " Café [MASK] 한 中文 [cls]"
        #expect(bare.ids(of: text) == whole.ids(of: text), "seed \(seed)")
        #expect(bare.encode(text, maximumTokens: 9) == whole.encode(text, maximumTokens: 9))
      }
      #expect(bare.vocabularySize == whole.vocabularySize)
    }
  }

  @Test("Lines end in LF, CR LF or the file's end, and the later of two equal tokens counts")
  func lines() throws {
    for end in ["\n", "\r\n", "\r"] {
      let tokenizer = try Tokenizer(vocabulary: file(end: end))
      #expect(tokenizer.encode("the cafe", maximumTokens: 9).ids == [2, 5, 9, 3])
    }
    let twice = file(TinyTokenizer.vocabulary + ["the"]).dropLast()
    #expect(try Tokenizer(vocabulary: Data(twice)).ids(of: "the a") == [34, 24])
  }

  @Test("Accents, Chinese characters and special tokens are treated as the options say")
  func options() throws {
    var options = TokenizerOptions()
    options.stripsAccents = false
    options.partsChinese = false
    options.specialTokens.first = "cls"
    options.specialTokens.last = "x"
    options.specialTokens.unknown = "!"
    let tokenizer = try Tokenizer(vocabulary: file(), options: options)
    #expect(tokenizer.encode("CAFÉ 中文", maximumTokens: 9).ids == [31, 11, 18, 32])
  }

  @Test("Options win over what a tokenizer.json says, accents following case where none are named")
  func overrides() throws {
    var options = TokenizerOptions()
    options.lowercases = false
    let json = try TinyTokenizer().json()
    #expect(try Tokenizer(json: json).ids(of: "Café The") == [9, 5])
    #expect(try Tokenizer(json: json, options: options).ids(of: "Café The café") == [1, 1, 11])
    options.stripsAccents = true
    #expect(try Tokenizer(json: json, options: options).ids(of: "Café café") == [27, 9])
  }

  @Test("A vocabulary without a special token is refused by the token's name")
  func missingTokens() throws {
    for token in ["[UNK]", "[CLS]", "[SEP]"] {
      let error = #expect(throws: LociError.self) {
        try Tokenizer(vocabulary: file(TinyTokenizer.vocabulary.filter { $0 != token }))
      }
      #expect(error?.code == .corrupt)
      #expect(error?.message.contains(token) == true)
    }
    for damaged in [Data(), Data([0xFF, 0x0A]), Data("\n\n".utf8)] {
      #expect(throws: LociError.self) { try Tokenizer(vocabulary: damaged) }
    }
  }

  @Test(
    "Lower-casing first is Python's, final sigmas and all",
    arguments: [
      ("ΣΑΣ", "σας"), ("ΑΣ.", "ας."), ("Σ", "σ"), ("ΑΣΑ", "ασα"), ("ΑΣ'Α", "ασ'α"),
      ("Α Σ", "α σ"), ("İI", "i\u{307}i"), ("ÀẞǅŁ", "àßǆł"), ("Σσ ΟΔΟΣ σΣ", "σσ οδος σς"),
      ("[CLS] Tea", "[cls] tea"),
    ])
  func lowercase(text: String, lower: String) throws {
    var options = TokenizerOptions()
    options.lowercasesFirst = true
    let characters = Set((text + lower).unicodeScalars.map { String($0) }).sorted()
    let words = [text, lower].flatMap { $0.split(separator: " ").map(String.init) }
    let vocabulary = file(
      ["[UNK]", "[CLS]", "[SEP]"] + words + characters + characters.map { "##" + $0 })
    options.lowercases = false
    let first = try Tokenizer(vocabulary: vocabulary, options: options)
    options.lowercasesFirst = false
    let plain = try Tokenizer(vocabulary: vocabulary, options: options)
    #expect(first.ids(of: text) == plain.ids(of: lower))
  }
}

@Suite("How much of a text is known")
struct UnknownShareTests {
  private func share(_ text: String, maximumTokens: Int = .max) throws -> Double {
    try TinyTokenizer().tokenizer().unknownShare(of: text, maximumTokens: maximumTokens)
  }

  @Test("A text of known words is known, one of unknown words or of nothing at all is not")
  func extremes() throws {
    for text in ["the cafe", "the!", "!", ", !", "unaffable"] { #expect(try share(text) == 0) }
    for text in ["", " \u{200B}", "zzz", "zzz! yyy", "ሰላም ነው", "😀😀 😀", "[UNK]"] {
      #expect(try share(text) == 1, "\(text)")
    }
  }

  @Test("Words count by their letters, sixteen at most, and a symbol counts as one")
  func weights() throws {
    #expect(try share("cafe zzzz") == 0.5)
    #expect(try share("cafe " + String(repeating: "z", count: 90)) == 16.0 / 20)
    #expect(try share("cafe 😀😀😀😀😀😀") == 1.0 / 5)
  }

  @Test("What is cut off does not count")
  func cut() throws {
    #expect(try share("zzz zzz the the the", maximumTokens: 4) == 1)
    #expect(try share("the the zzz zzz zzz", maximumTokens: 4) == 0)
  }
}
