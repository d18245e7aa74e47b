import Foundation
import LociCore
import LociTestKit
import LociTokenizer
import Testing

@Suite("Damaged and unknown files")
struct FileTests {
  private func error(_ json: Data) -> LociError? {
    do {
      _ = try Tokenizer(json: json)
      return nil
    } catch {
      return error
    }
  }

  private func error(changing path: String..., to value: Any?) throws -> LociError? {
    var object = TinyTokenizer().object
    if path.count == 2, var section = object[path[0]] as? [String: Any] {
      section[path[1]] = value
      object[path[0]] = section
    } else {
      object[path[0]] = value
    }
    return error(try TinyTokenizer.json(object))
  }

  @Test("A truncated file is refused, wherever it ends")
  func truncated() throws {
    let json = try TinyTokenizer().json()
    #expect(error(json) == nil)
    for count in 0..<json.count {
      #expect(error(json.prefix(count))?.code == .corrupt, "\(count) bytes")
    }
    let message = error(json.prefix(1000))?.message
    #expect(message == "tokenizer.json is truncated: it ends after 1000 bytes.")
  }

  @Test("A missing part is named")
  func missing() throws {
    #expect(
      try error(changing: "model", to: nil)?.message == "tokenizer.json has no model.")
    for key in [
      "vocab", "unk_token", "continuing_subword_prefix", "max_input_chars_per_word",
    ] {
      let error = try error(changing: "model", key, to: nil)
      #expect(error?.code == .corrupt)
      #expect(error?.message == "tokenizer.json has no model.\(key).")
    }
    let normalizer = try error(changing: "normalizer", "lowercase", to: nil)
    #expect(normalizer?.message == "tokenizer.json has no normalizer.lowercase.")
    let unknown = try error(changing: "model", "unk_token", to: "[NONE]")
    #expect(unknown?.code == .corrupt)
    #expect(unknown?.message.contains("[NONE]") == true)
  }

  @Test("A part without a type is known by its members, as in bert-base-uncased's own file")
  func withoutTypes() throws {
    var tiny = TinyTokenizer()
    tiny.normalizer = tiny.bertNormalizer.filter { $0.key != "type" }
    tiny.postProcessor = ["sep": ["[SEP]", 3] as [Any], "cls": ["[CLS]", 2] as [Any]]
    var object = tiny.object
    var model = try #require(object["model"] as? [String: Any])
    model["type"] = nil
    object["model"] = model
    for key in ["version", "added_tokens", "truncation", "padding"] { object[key] = nil }
    let tokenizer = try Tokenizer(json: TinyTokenizer.json(object))
    #expect(tokenizer.encode("Unaffable CAFÉ", maximumTokens: 9).ids == [2, 6, 7, 8, 9, 3])
    // A file of another kind is not taken for one: the library reads these as WordLevel and BPE.
    model["continuing_subword_prefix"] = nil
    object["model"] = model
    #expect(error(try TinyTokenizer.json(object))?.message.contains("model.type") == true)
    model["merges"] = ["a b"]
    object["model"] = model
    #expect(error(try TinyTokenizer.json(object))?.message.contains("BPE") == true)
  }

  @Test("A part of another type is refused by its name")
  func unsupported() throws {
    for (part, type) in [
      ("model", "BPE"), ("normalizer", "NFC"), ("pre_tokenizer", "Whitespace"),
      ("post_processor", "RobertaProcessing"),
    ] {
      let error = try error(changing: part, "type", to: type)
      #expect(error?.code == .unsupported)
      #expect(error?.message.contains(part) == true)
      #expect(error?.message.contains(type) == true)
    }
    let nested: [String: Any] = ["type": "Sequence", "normalizers": [["type": "Lowercase"]]]
    #expect(try error(changing: "normalizer", to: nested)?.message.contains("Lowercase") == true)
    #expect(try error(changing: "pre_tokenizer", to: nil)?.code == .unsupported)
  }

  @Test("Values of the wrong kind are refused")
  func wrongKinds() throws {
    #expect(try error(changing: "model", "max_input_chars_per_word", to: -1)?.code == .corrupt)
    #expect(try error(changing: "model", "max_input_chars_per_word", to: 1.5)?.code == .corrupt)
    #expect(try error(changing: "model", "unk_token", to: 7)?.code == .corrupt)
    #expect(try error(changing: "model", "vocab", to: ["[UNK]": "0"])?.code == .corrupt)
    #expect(try error(changing: "model", "vocab", to: ["[UNK]": -1])?.code == .corrupt)
    #expect(try error(changing: "model", "vocab", to: ["[UNK]": 1 << 31])?.code == .corrupt)
    #expect(try error(changing: "added_tokens", to: ["[CLS]"])?.code == .corrupt)
    #expect(try error(changing: "normalizer", "clean_text", to: "yes")?.code == .corrupt)
    let full = try error(changing: "model", "vocab", to: ["[UNK]": 0, "[PAD]": Int32.max])
    #expect(full?.code == .corrupt)
  }

  @Test("What is no JSON is refused, deep nesting and bytes that are no UTF-8 included")
  func noJSON() {
    for text in [
      "", " ", "[]", "nul", "{\"a\":1,}", "{\"a\" 1}", "{\"a\":\"\\q\"}", "{\"a\":\"\\ud800\"}",
      "{\"a\":\"\\u12", "{\"a\":--1}", "{} x", String(repeating: "[", count: 100_000),
      "{\"a\":" + String(repeating: "[", count: 100_000),
      "{\"a\":" + String(repeating: "{\"a\":", count: 100_000),
    ] {
      #expect(error(Data(text.utf8))?.code == .corrupt, "\(text.prefix(20))")
    }
    #expect(error(Data([0x7B, 0xFF, 0x7D]))?.code == .corrupt)
  }

  @Test("A file with random bytes changed is refused or works, and never traps")
  func tampered() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededGenerator(seed: seed)
    let json = try TinyTokenizer().json()
    var refused = 0
    for _ in 0..<3000 {
      var changed = json
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        changed[Int.random(in: 0..<changed.count, using: &generator)] =
          UInt8.random(in: 0...255, using: &generator)
      }
      if let tokenizer = try? Tokenizer(json: changed) {
        _ = tokenizer.encode("[CLS] Unaffable Café 한 中文", maximumTokens: 16)
      } else {
        refused += 1
      }
    }
    #expect(refused > 0, "seed \(seed)")
  }

  @Test("Escapes in the vocabulary are read, and the later of two equal keys counts")
  func escapes() throws {
    let json = #"""
      {"model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",
        "max_input_chars_per_word":100, "vocab" : { "[UNK]":0, "\u0041":1,"\"":2, "\\":3,
        "\ud83d\ude00":4, "\/" :5,"b":6,"b":7}},
       "pre_tokenizer":{"type":"BertPreTokenizer"},"added_tokens":[],"version":"1.0","x":[1e3,-2]}
      """#
    let tokenizer = try Tokenizer(json: Data(json.utf8))
    #expect(tokenizer.ids(of: "A \" \\ 😀 / b c") == [1, 2, 3, 4, 5, 7, 0])
    #expect(tokenizer.encode("A", maximumTokens: 8).ids == [1])
  }
}
