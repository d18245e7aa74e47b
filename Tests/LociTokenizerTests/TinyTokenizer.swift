import Foundation
import LociTokenizer

/// A `tokenizer.json` of 34 tokens, with settings to vary.
struct TinyTokenizer {
  static let vocabulary = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "un", "##aff", "##able", "cafe", "##s",
    "café", "i", "##\u{307}", "ς", "σ", "中", "文", "!", ",", "한", "\u{1112}", "##\u{1161}",
    "##\u{11AB}", "a", "##a", "b", "Cafe", "##ab", "[", "]", "cls", "x", "é",
  ]

  var cleansText = true
  var partsChinese = true
  var stripsAccents: Bool?
  var lowercases = true
  var maximumCharacters = 100
  var addedTokens: [[String: Any]] = []
  var normalizer: Any?
  var preTokenizer: Any = ["type": "BertPreTokenizer"]
  var postProcessor: Any = [
    "type": "BertProcessing", "sep": ["[SEP]", 3] as [Any], "cls": ["[CLS]", 2] as [Any],
  ]
  var modelType = "WordPiece"

  /// An added token without special habits, but for those given.
  static func added(_ content: String, _ flags: String...) -> [String: Any] {
    var token: [String: Any] = ["id": 99, "content": content]
    for flag in ["single_word", "lstrip", "rstrip", "normalized", "special"] {
      token[flag] = flags.contains(flag)
    }
    return token
  }

  /// The normalizer of the settings.
  var bertNormalizer: [String: Any] {
    [
      "type": "BertNormalizer", "clean_text": cleansText, "handle_chinese_chars": partsChinese,
      "strip_accents": stripsAccents ?? NSNull() as Any, "lowercase": lowercases,
    ]
  }

  /// The file as a JSON object.
  var object: [String: Any] {
    let specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].map {
      Self.added($0, "special")
    }
    let ids = Self.vocabulary.enumerated().map { ($1, $0) }
    return [
      "version": "1.0", "truncation": ["max_length": 4], "padding": NSNull(),
      "added_tokens": specials + addedTokens, "normalizer": normalizer ?? bertNormalizer,
      "pre_tokenizer": preTokenizer, "post_processor": postProcessor,
      "model": [
        "type": modelType, "unk_token": "[UNK]", "continuing_subword_prefix": "##",
        "max_input_chars_per_word": maximumCharacters,
        "vocab": Dictionary(uniqueKeysWithValues: ids),
      ] as [String: Any],
    ]
  }

  /// The file.
  func json() throws -> Data { try Self.json(object) }

  static func json(_ object: [String: Any]) throws -> Data {
    try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
  }

  func tokenizer() throws -> Tokenizer { try Tokenizer(json: json()) }
}
