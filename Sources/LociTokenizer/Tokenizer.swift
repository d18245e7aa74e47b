public import Foundation
public import LociCore

/// A text's ids, and whether the text was longer than that.
public struct Encoding: Hashable, Sendable {
  /// The ids, special tokens included.
  public let ids: [Int32]
  /// Whether the text's end was cut off.
  public let isTruncated: Bool

  /// Makes an encoding.
  public init(ids: [Int32], isTruncated: Bool) {
    self.ids = ids
    self.isTruncated = isTruncated
  }
}

/// WordPiece as BERT uses it, read from a `tokenizer.json` or a `vocab.txt`: text in, ids out.
///
/// The ids are those of the Hugging Face `tokenizers` library, for any text. A value of this type
/// is immutable and may be used from any number of threads.
///
/// ```swift
/// let tokenizer = try Tokenizer(json: Data(contentsOf: file))
/// let encoding = tokenizer.encode("Alice prefers tea", maximumTokens: 256)
/// ```
public struct Tokenizer: Sendable {
  private let normalizers: [Normalizer]
  private let model: WordPiece
  private let template: TokenizerFile.Template
  /// Added tokens that are looked for in the text as it is.
  private let verbatimTokens: AddedTokens
  /// Added tokens that are looked for in the normalized text.
  private let normalizedTokens: AddedTokens
  /// How many bytes of text are worked on at a time.
  private let windowBytes: Int
  private let lowercasesFirst: Bool

  /// One more than the largest id: the number of rows that an embedding table needs.
  public let vocabularySize: Int
  /// The id of `[PAD]`, or 0 where the vocabulary has none.
  public let padID: Int32

  /// Reads a `tokenizer.json`.
  ///
  /// Its truncation and padding sections are ignored: they are leftovers of the training run.
  /// - Parameters:
  ///   - json: The file's bytes.
  ///   - options: What the model's other files say.
  /// - Throws: ``LociError/Code/corrupt`` for a truncated or tampered file, saying what is missing;
  ///   ``LociError/Code/unsupported`` for another model than WordPiece, or for a part that Loci
  ///   does not know, naming it.
  /// - Complexity: O(n), n being the file's size.
  public init(json: Data, options: TokenizerOptions = TokenizerOptions()) throws(LociError) {
    try self.init(TokenizerFile([UInt8](json), options), options)
  }

  /// Reads a `vocab.txt`, as models have it that came without a `tokenizer.json`.
  ///
  /// - Parameters:
  ///   - vocabulary: The file's bytes: a token a line.
  ///   - options: What the model's other files say.
  /// - Throws: ``LociError/Code/corrupt`` where it is not UTF-8 or lacks a special token.
  /// - Complexity: O(n), n being the file's size.
  public init(
    vocabulary: Data, options: TokenizerOptions = TokenizerOptions()
  ) throws(LociError) {
    try self.init(TokenizerFile(vocabulary: [UInt8](vocabulary), options), options)
  }

  private init(_ file: TokenizerFile, _ options: TokenizerOptions) throws(LociError) {
    guard let unknownID = file.vocabulary.id(of: file.unknownToken) else {
      throw TokenizerFile.corrupt(
        "The vocabulary in tokenizer.json lacks its unknown token, \(file.unknownToken).")
    }
    normalizers = file.normalizers
    template = file.template
    model = WordPiece(
      vocabulary: file.vocabulary, unknownID: unknownID, continuingPrefix: file.continuingPrefix,
      maximumCharacters: file.maximumCharacters)
    padID = file.vocabulary.id(of: options.specialTokens.padding) ?? 0
    lowercasesFirst = options.lowercasesFirst
    let tokens = try AddedTokenSet(file)
    verbatimTokens = tokens.verbatim
    normalizedTokens = tokens.normalized
    windowBytes = tokens.canBeParted ? 4096 : .max
    let templateID = (template.before + template.after).max() ?? 0
    vocabularySize = Int(max(file.vocabulary.largestID, tokens.largestID, templateID)) + 1
  }

  /// The ids of a text with the special tokens around it, at most `maximumTokens` in all.
  ///
  /// Special tokens are kept and the text's end is cut. Reading stops there, however long the text.
  ///
  /// ```swift
  /// let model = try await ModelLibrary().resolve("all-MiniLM-L6-v2")
  /// let ids = try model.loadTokenizer().encode("Alice prefers tea", maximumTokens: 256).ids
  /// ```
  /// - Parameter maximumTokens: At least the number of special tokens, which is 2 for BERT.
  /// - Complexity: O(the text that is read).
  public func encode(_ text: String, maximumTokens: Int) -> Encoding {
    let room = max(0, max(0, maximumTokens) - template.before.count - template.after.count)
    let content = tokens(of: text, limit: room).ids
    return Encoding(
      ids: template.before + content.prefix(room) + template.after,
      isTruncated: content.count > room)
  }

  /// How much of a text the vocabulary does not know: 0 for a text that it can spell, 1 for one of
  /// which nothing is left but unknown tokens, or nothing at all.
  ///
  /// Words count by their characters, at most 16 each, so that one long unknown word
  /// does not hide a sentence. Punctuation that is known does not count.
  /// - Parameter maximumTokens: As in ``encode(_:maximumTokens:)``: what is cut off does not count.
  /// - Complexity: O(the text that is read).
  public func unknownShare(of text: String, maximumTokens: Int = .max) -> Double {
    let room = max(0, max(0, maximumTokens) - template.before.count - template.after.count)
    return tokens(of: text, limit: room, isWeighed: true).unknownShare
  }

  /// The ids of a text, without special tokens around it, uncut. Complexity: O(n).
  public func ids(of text: String) -> [Int32] { tokens(of: text, limit: .max).ids }

  /// The number of ids of a text, without special tokens around it, uncut. Complexity: O(n).
  public func tokenCount(of text: String) -> Int { ids(of: text).count }
}

// MARK: - The pipeline

extension Tokenizer {
  /// The tokens of a text; where there are more than `limit`, at least one more than that.
  private func tokens(of text: String, limit: Int, isWeighed: Bool = false) -> TokenList {
    let text = lowercasesFirst ? Lowercase.text(text) : text
    return text.withUTF8Span { tokens(of: $0, limit: limit, isWeighed: isWeighed) }
  }

  private func tokens(of bytes: Span<UInt8>, limit: Int, isWeighed: Bool) -> TokenList {
    var tokens = TokenList(limit: limit, isWeighed: isWeighed)
    var position = 0
    var searched = 0
    var window = windowBytes
    while position < bytes.count, !tokens.isFull {
      let end = bytes.count - position > window ? position + window : bytes.count
      let match = verbatimTokens.next(in: bytes, at: &searched, before: end, taken: position)
      if let match {
        if match.range.lowerBound > position {
          append(bytes.extracting(position..<match.range.lowerBound), to: &tokens)
        }
        tokens.append(match.id, unknownID: model.unknownID)
        position = match.range.upperBound
      } else if let cut = end == bytes.count ? end : boundary(in: bytes, position..<end) {
        append(bytes.extracting(position..<cut), to: &tokens)
        position = cut
        window = windowBytes
      } else {
        window *= 2
      }
    }
    return tokens
  }

  /// The last place inside the range where words on its two sides can't touch each other.
  private func boundary(in text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let partsChinese = normalizers.contains { $0.partsChinese }
    return range.dropFirst().last { index in
      switch text[index] {
      case 0x20, 0x09, 0x0A, 0x0D: return true
      case 0xE3... where partsChinese:
        var position = index
        return UnicodeTables.isChinese(UTF8Scalars.next(in: text, at: &position))
      default: return false
      }
    }
  }

  /// Normalizes a text without verbatim tokens and adds its ids.
  private func append(_ text: Span<UInt8>, to tokens: inout TokenList) {
    guard !normalizers.isEmpty else { return appendNormalized(text, to: &tokens) }
    normalizers.normalize(text).withSpan { appendNormalized($0, to: &tokens) }
  }

  private func appendNormalized(_ text: Span<UInt8>, to tokens: inout TokenList) {
    guard !normalizedTokens.isEmpty else { return appendWords(text, to: &tokens) }
    var position = 0
    var searched = 0
    while position < text.count, !tokens.isFull {
      let match = normalizedTokens.next(
        in: text, at: &searched, before: text.count, taken: position)
      let end = match?.range.lowerBound ?? text.count
      if end > position {
        appendWords(text.extracting(position..<end), to: &tokens)
      }
      if let match { tokens.append(match.id, unknownID: model.unknownID) }
      position = match?.range.upperBound ?? end
    }
  }

  private func appendWords(_ text: Span<UInt8>, to tokens: inout TokenList) {
    var words = PreTokenizer()
    while !tokens.isFull, let word = words.next(in: text) {
      tokens.append(text.extracting(word), spelledBy: model)
    }
  }

  /// The words that the model sees where a text holds no added tokens.
  package func words(of text: String) -> [String] {
    let normalized = text.withUTF8Span(normalizers.normalize)
    return normalized.withSpan { bytes in
      var words = PreTokenizer()
      var texts: [String] = []
      while let word = words.next(in: bytes) {
        texts.append(String(decoding: normalized[word], as: UTF8.self))
      }
      return texts
    }
  }
}
