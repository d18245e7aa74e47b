/// Cuts a word into the longest pieces that the vocabulary has, from left to right.
struct WordPiece: Sendable {
  let vocabulary: Vocabulary
  let unknownID: Int32
  /// What stands before every piece but a word's first: `##`.
  let continuingPrefix: [UInt8]
  let continuingHash: UInt64
  /// Longer words, in characters, are unknown.
  let maximumCharacters: Int

  init(
    vocabulary: Vocabulary, unknownID: Int32, continuingPrefix: String, maximumCharacters: Int
  ) {
    self.vocabulary = vocabulary
    self.unknownID = unknownID
    self.continuingPrefix = Array(continuingPrefix.utf8)
    continuingHash = Vocabulary.hash(continuingPrefix.utf8)
    self.maximumCharacters = maximumCharacters
  }

  /// Adds the ids of a word's pieces, or the unknown id where the vocabulary can't spell it.
  ///
  /// - Complexity: O(n · the longest token), n being the word's bytes.
  func append(_ word: Span<UInt8>, to ids: inout [Int32]) {
    let count = ids.count
    guard !isTooLong(word) else {
      ids.append(unknownID)
      return
    }
    var start = 0
    while start < word.count {
      guard let (id, end) = longestPiece(of: word, from: start) else {
        ids.removeLast(ids.count - count)
        ids.append(unknownID)
        return
      }
      ids.append(id)
      start = end
    }
  }

  private func isTooLong(_ word: Span<UInt8>) -> Bool {
    guard word.count > maximumCharacters else { return false }
    var characters = 0
    for index in word.indices where !UTF8.isContinuation(word[index]) { characters += 1 }
    return characters > maximumCharacters
  }

  private func longestPiece(of word: Span<UInt8>, from start: Int) -> (id: Int32, end: Int)? {
    let prefix = start == 0 ? [] : continuingPrefix
    var hash = start == 0 ? Vocabulary.emptyHash : continuingHash
    var end = start + min(word.count - start, vocabulary.longestToken)
    for index in start..<end { hash = Vocabulary.extend(hash, with: word[index]) }
    while end > start {
      if let id = vocabulary.id(of: word.extracting(start..<end), after: prefix, hash: hash) {
        return (id, end)
      }
      end -= 1
      hash = Vocabulary.retract(hash, by: word[end])
    }
    return nil
  }
}
