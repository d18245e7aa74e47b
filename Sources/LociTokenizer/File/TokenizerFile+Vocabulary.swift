import LociCore

extension TokenizerFile {
  /// A `vocab.txt`: a token a line, whose number from 0 is its id. All else is as BERT has it: the
  /// normalizer, `##`, words of at most 100 characters, a text between two special tokens.
  ///
  /// Lines end as Python reads them, in LF, CR or both. Of equal tokens the later counts.
  init(vocabulary bytes: [UInt8], _ options: TokenizerOptions) throws(LociError) {
    guard bytes.firstInvalidUTF8 == nil else {
      throw LociError(
        .corrupt, "vocab.txt is not valid UTF-8.", remedy: "Fetch the model's files again.")
    }
    var vocabulary = Vocabulary()
    for (number, line) in Self.lines(of: bytes).enumerated() {
      vocabulary.insert(line, id: Int32(clamping: number))
    }
    let special = options.specialTokens
    let first = try Self.id(of: special.first, in: vocabulary)
    let last = try Self.id(of: special.last, in: vocabulary)
    _ = try Self.id(of: special.unknown, in: vocabulary)
    let lowercases = options.lowercases ?? true
    self.init(
      vocabulary: vocabulary,
      normalizers: [
        Normalizer(
          cleansText: true, partsChinese: options.partsChinese ?? true,
          stripsAccents: options.stripsAccents ?? lowercases, lowercases: lowercases)
      ],
      addedTokens: [
        special.unknown, special.last, special.padding, special.first, special.mask,
      ].filter { vocabulary.id(of: $0) != nil }.map(AddedToken.init(special:)),
      template: ([first], [last]), unknownToken: special.unknown)
  }

  private static func id(
    of token: String, in vocabulary: Vocabulary
  ) throws(LociError) -> Int32 {
    if let id = vocabulary.id(of: token) { return id }
    throw LociError(
      .corrupt, "The vocabulary in vocab.txt lacks its special token, \(token).",
      remedy: "Fetch the model's files again, special_tokens_map.json included.")
  }

  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    let (feed, carriage) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == feed || byte == carriage {
      let isSecond = byte == feed && index > 0 && bytes[index - 1] == carriage
      if !isSecond { lines.append(bytes[start..<index]) }
      start = index + 1
    }
    if start < bytes.count { lines.append(bytes[start...]) }
    return lines
  }
}

extension AddedToken {
  /// A special token without habits of its own.
  fileprivate init(special content: String) {
    self.init(
      content: content, isSingleWord: false, stripsLeft: false, stripsRight: false,
      isNormalized: false, isSpecial: true)
  }
}
