import LociCore

/// Words as PostgreSQL's parser shall see them.
///
/// Its parser depends on the server's locale, and takes addresses, versions and hyphens apart in
/// its own way. So it is only ever given words of a…z, and `x0` with hexadecimal digits for each
/// other word; it takes both as they are.
enum WordText {
  /// Changes whenever the same text would give other words.
  static let version = "\(Segmenter.version).3"

  /// Words are cut here, in the index and in a query, so that long ones are found, too.
  private static let maximumWordBytes = 1000

  /// Stands between a heading and its text, so often that nothing reaches across.
  static let gap = [String](repeating: "x0", count: WordPair.window)

  /// The SQL of the words of a bound text.
  static func vector(_ parameter: String) -> String { "to_tsvector('words', \(parameter)::text)" }

  /// A `tsquery`'s text for words that follow each other: words of a…z and digits only, so that
  /// nothing in a query can be an operator.
  static func query(_ tokens: [String]) -> String {
    tokens.map(word).joined(separator: " <-> ")
  }

  /// A `tsquery`'s text for one word that follows another within the window.
  static func query(_ first: String, near second: String) -> String {
    (1...WordPair.window).map { "\(word(first)) <\($0)> \(word(second))" }
      .joined(separator: " | ")
  }

  /// A word as the parser shall see it.
  static func word(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { (97...122).contains($0) }
    let word = isPlain ? text : "x0" + Hexadecimal.text(text.utf8)
    return String(decoding: word.utf8.prefix(maximumWordBytes), as: UTF8.self)
  }
}

/// A record's heading and text as PostgreSQL holds their words: in as many parts as it takes.
///
/// A `tsvector` takes less than 1 MiB, knows places up to 16,383, and of each word the first 256
/// places only; what is beyond is in no phrase. The last words of a part begin the next one, so
/// that a phrase across the border is found.
struct IndexedWords {
  struct Part {
    /// The words, separated by spaces.
    var words: String
    /// Those at its beginning that are the last of the part before; what is all in them was counted
    /// there.
    var border: String
  }

  /// A word of n bytes takes at most n + 5 there and n + 1 here, and there are not many short ones:
  /// half of the room always fits.
  private static let maximumBytes = 512 << 10
  private static let maximumWords = 16_000
  private static let maximumRepetitions = 200

  /// How many words there are.
  let count: Int
  /// At least one.
  private(set) var parts: [Part] = []

  private var words: [String] = []
  private var borderCount = 0
  private var byteCount = 0
  private var counts: [String: Int] = [:]

  /// Complexity: O(size of the text).
  init(_ record: Record) {
    let all = RecordWords(record)
    count = all.count
    for word in all.heading { append(WordText.word(word)) }
    if !all.heading.isEmpty { for word in WordText.gap { append(word) } }
    for word in all.text { append(WordText.word(word)) }
    finish()
  }

  private mutating func append(_ word: String) {
    if words.count == Self.maximumWords || counts[word] == Self.maximumRepetitions
      || byteCount + word.utf8.count >= Self.maximumBytes
    {
      finish()
      let border = words.suffix(Identifier.maximumPhraseLength - 1)
      (words, byteCount, counts, borderCount) = ([], 0, [:], border.count)
      for word in border { add(word) }
    }
    add(word)
  }

  private mutating func add(_ word: String) {
    words.append(word)
    byteCount += word.utf8.count + 1
    counts[word, default: 0] += 1
  }

  private mutating func finish() {
    parts.append(
      Part(
        words: words.joined(separator: " "),
        border: words.prefix(borderCount).joined(separator: " ")))
  }
}
