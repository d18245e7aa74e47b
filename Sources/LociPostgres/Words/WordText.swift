import LociCore

/// Texts as the words that PostgreSQL's parser shall see.
///
/// Its parser depends on the server's locale, and takes addresses, versions and hyphens apart in
/// its own way. So it is only ever given words of a…z, which are stemmed, and `x0` with hexadecimal
/// digits for each other word, which it takes as it is.
enum WordText {
  /// Changes whenever the same text would give other words.
  static let version = "\(Segmenter.version).2"

  /// Words are cut here, in the index and in a query, so that long ones are found, too.
  private static let maximumWordBytes = 1000

  /// A record's heading and text as words, separated by spaces, in as many parts as it takes; at
  /// least one. Complexity: O(size of the text).
  static func indexed(_ record: Record) -> [String] {
    var parts = WordParts()
    for text in [record.source?.heading ?? "", record.text] {
      for word in Segmenter.indexed(text).unicodeScalars.split(whereSeparator: { $0 == " " }) {
        parts.append(self.word(String(word)))
      }
    }
    return parts.texts
  }

  /// The SQL of the words of a bound text.
  static func vector(_ parameter: String) -> String { "to_tsvector('words', \(parameter)::text)" }

  /// A `tsquery`'s text for words that follow each other: words of a…z and digits only, so that
  /// nothing in a query can be an operator.
  static func query(_ tokens: [String]) -> String {
    tokens.map(word).joined(separator: " <-> ")
  }

  /// A word as the parser shall see it.
  private static func word(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { (97...122).contains($0) }
    let word = isPlain ? text : "x0" + Hexadecimal.text(text.utf8)
    return String(decoding: word.utf8.prefix(maximumWordBytes), as: UTF8.self)
  }
}

/// Cuts a text's words into parts that PostgreSQL can hold whole.
///
/// A `tsvector` takes less than 1 MiB, knows places up to 16,383, and of each word the first 256
/// places only; what is beyond is in no phrase. The last words of a part begin the next one, so
/// that a phrase across the border is found.
private struct WordParts {
  /// A word of n bytes takes at most n + 5 there and n + 1 here, and there are not many short ones:
  /// half of the room always fits.
  private static let maximumBytes = 512 << 10
  private static let maximumWords = 16_000
  /// Less than 256, since several words may have the same stem.
  private static let maximumRepetitions = 200

  private var finished: [String] = []
  private var words: [String] = []
  private var byteCount = 0
  private var counts: [String: Int] = [:]

  /// Every part, its words separated by spaces.
  var texts: [String] { finished + [words.joined(separator: " ")] }

  mutating func append(_ word: String) {
    if words.count == Self.maximumWords || counts[word] == Self.maximumRepetitions
      || byteCount + word.utf8.count >= Self.maximumBytes
    {
      finished.append(words.joined(separator: " "))
      let border = words.suffix(Identifier.maximumPhraseLength - 1)
      (words, byteCount, counts) = ([], 0, [:])
      for word in border { add(word) }
    }
    add(word)
  }

  private mutating func add(_ word: String) {
    words.append(word)
    byteCount += word.utf8.count + 1
    counts[word, default: 0] += 1
  }
}
