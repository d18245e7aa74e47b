/// What a model's other files say about its tokenizer.
public struct TokenizerOptions: Hashable, Sendable {
  /// Whether a text is lower-cased as a whole before anything else, as sentence-transformers does
  /// where sentence_bert_config.json says `do_lower_case`.
  public var lowercasesFirst = false
  /// `do_lower_case` of tokenizer_config.json, which wins over tokenizer.json; nil where it is
  /// silent.
  public var lowercases: Bool?
  /// `strip_accents` of tokenizer_config.json, which wins over tokenizer.json; nil where it is
  /// silent.
  public var stripsAccents: Bool?
  /// `tokenize_chinese_chars` of tokenizer_config.json, which wins over tokenizer.json; nil where
  /// it is silent.
  public var partsChinese: Bool?
  /// The special tokens of a bare vocabulary; a tokenizer.json says its own.
  public var specialTokens = SpecialTokens()

  /// The tokens that mean something to the model itself.
  public struct SpecialTokens: Hashable, Sendable {
    /// Stands for a word that the vocabulary can't spell.
    public var unknown = "[UNK]"
    /// Comes before every text.
    public var first = "[CLS]"
    /// Comes behind every text.
    public var last = "[SEP]"
    /// Fills a batch's shorter texts up.
    public var padding = "[PAD]"
    /// Stands for a word that the model is to guess.
    public var mask = "[MASK]"

    /// Makes BERT's own.
    public init() {}
  }

  /// Makes options that change nothing.
  public init() {}
}
