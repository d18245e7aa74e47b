import LociTokenizer

/// `tokenizer_config.json`.
struct TokenizerSettings: Decodable {
  private(set) var maximum: Double?
  private(set) var truncationSide: String?
  private(set) var specialTokens: SpecialTokensMap
  private var kind: String?
  private var lowercases: Bool?
  private var stripsAccents: Bool?
  private var partsChinese: Bool?

  private enum CodingKeys: String, CodingKey {
    case maximum = "model_max_length"
    case truncationSide = "truncation_side"
    case kind = "tokenizer_class"
    case lowercases = "do_lower_case"
    case stripsAccents = "strip_accents"
    case partsChinese = "tokenize_chinese_chars"
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    maximum = try container.decodeIfPresent(Double.self, forKey: .maximum)
    truncationSide = try container.decodeIfPresent(String.self, forKey: .truncationSide)
    kind = try container.decodeIfPresent(String.self, forKey: .kind)
    lowercases = try container.decodeIfPresent(Bool.self, forKey: .lowercases)
    stripsAccents = try container.decodeIfPresent(Bool.self, forKey: .stripsAccents)
    partsChinese = try container.decodeIfPresent(Bool.self, forKey: .partsChinese)
    specialTokens = try SpecialTokensMap(from: decoder)
  }

  /// What wins over `tokenizer.json`: BERT's own tokenizer class in transformers sees to that, the
  /// general one uses the file as it is.
  var options: TokenizerOptions {
    var options = TokenizerOptions()
    guard !["PreTrainedTokenizerFast", "TokenizersBackend"].contains(kind) else { return options }
    options.lowercases = lowercases
    options.stripsAccents = stripsAccents
    options.partsChinese = partsChinese
    return options
  }
}

/// `special_tokens_map.json`, and the same members of `tokenizer_config.json`.
struct SpecialTokensMap: Decodable {
  /// A token as its text, or as an object with settings.
  private struct Token: Decodable {
    let content: String

    private enum CodingKeys: CodingKey { case content }

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        content = text
      } else {
        content = try decoder.container(keyedBy: CodingKeys.self)
          .decode(String.self, forKey: .content)
      }
    }
  }

  private var unknown: Token?
  private var first: Token?
  private var last: Token?
  private var padding: Token?
  private var mask: Token?

  private enum CodingKeys: String, CodingKey {
    case unknown = "unk_token"
    case first = "cls_token"
    case last = "sep_token"
    case padding = "pad_token"
    case mask = "mask_token"
  }

  /// Replaces the tokens that it names.
  func apply(to tokens: inout TokenizerOptions.SpecialTokens) {
    tokens.unknown = unknown?.content ?? tokens.unknown
    tokens.first = first?.content ?? tokens.first
    tokens.last = last?.content ?? tokens.last
    tokens.padding = padding?.content ?? tokens.padding
    tokens.mask = mask?.content ?? tokens.mask
  }
}
