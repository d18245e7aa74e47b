import LociCore

/// A file's added tokens with their ids, sorted by the text in which they are looked for.
struct AddedTokenSet {
  private(set) var verbatim = AddedTokens()
  private(set) var normalized = AddedTokens()
  private(set) var largestID: Int32 = -1
  /// Whether no token of ``normalized`` can reach over a place where text may be parted: white
  /// space, or a Chinese character.
  private(set) var canBeParted = true

  /// Gives ids as the library does: the vocabulary's own, else the next free one. The ids in the
  /// file are not asked.
  init(_ file: TokenizerFile) throws(LociError) {
    let tokens = file.addedTokens.filter { !$0.content.isEmpty }
    var ids: [String: Int32] = [:]
    // Two tokens with one id share the later one's flags.
    var flags: [Int32: AddedToken] = [:]
    for token in tokens {
      let next = Int32(exactly: max(file.vocabulary.count, Int(largestID) + 1))
      guard let id = ids[token.content] ?? file.vocabulary.id(of: token.content) ?? next else {
        throw TokenizerFile.corrupt("The ids in tokenizer.json leave none for its added tokens.")
      }
      ids[token.content] = id
      flags[id] = token
      largestID = max(largestID, id)
    }
    // Special tokens come first, each once; they hide others of the same content.
    var specials: Set<String> = []
    let first = tokens.filter { $0.isSpecial && specials.insert($0.content).inserted }
    for token in first + tokens.filter({ !specials.contains($0.content) }) {
      guard let id = ids[token.content], let flags = flags[id] else { continue }
      try insert(token, id: id, flags: flags, normalizers: file.normalizers)
    }
  }

  private mutating func insert(
    _ token: AddedToken, id: Int32, flags: AddedToken, normalizers: [Normalizer]
  ) throws(LociError) {
    guard token.isNormalized else {
      return verbatim.insert(Array(token.content.utf8), id: id, token: flags)
    }
    let pattern = token.content.withUTF8Span(normalizers.normalize)
    guard !pattern.isEmpty else {
      throw LociError(
        .unsupported, "The added token of id \(id) in tokenizer.json is empty once normalized.",
        remedy: "Remove it from the file's added_tokens.")
    }
    normalized.insert(pattern, id: id, token: flags)
    let scalars = String(decoding: pattern, as: UTF8.self).unicodeScalars
    if scalars.contains(where: { "\t\n\r ".unicodeScalars.contains($0) || Self.isChinese($0) }) {
      canBeParted = false
    }
  }

  private static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
    UnicodeTables.isChinese(scalar.value)
  }
}
