/// Joined words of a query: an address, a date, a version, a number, a path, a name in code.
///
/// Records that hold it go before those that hold its words elsewhere: first those that spell it as
/// the query does, then those that hold its words in their order, joined by whatever. Where it may
/// as well be prose, it only adds to the score.
package struct Identifier: Hashable, Sendable {
  /// Words that follow each other, and what a record that holds them has of the query.
  package typealias Phrase = (tokens: [String], spelling: LexicalMatch.Spelling)

  /// The longest phrase that is looked for; of a longer one, the first words.
  package static let maximumPhraseLength = 16

  /// How it is written, as words of an index; nil where signs say nothing.
  let written: [String]?
  private let ordered: [String]?
  /// Whether it may as well be prose: `long-term`, `and/or`, `e.g.`
  let isWords: Bool

  /// What to look for, best first.
  package var phrases: [Phrase] {
    [
      written.map { ($0, .identifierAsWritten) }, ordered.map { ($0, .identifierInOrder) },
    ].compactMap { $0 }
  }

  /// Numbers in groups, such as a telephone number.
  init(groups: [String]) {
    (written, isWords) = (nil, false)
    ordered = Array(groups.prefix(Self.maximumPhraseLength))
  }

  /// Nil where the parts are words like any others.
  init?(_ parts: [QueryPart], spelling: String?) {
    let (texts, signs) = (parts.map(\.text), parts.dropFirst().compactMap(\.sign))
    guard let first = parts.first, parts.contains(where: { !$0.isFunctionWord }) else { return nil }
    if texts.count > 1 {
      written = spelling.map { [JoinedRun.indexWord($0)] }
      ordered = texts.prefix(Self.maximumPhraseLength).map(Stemmer.stem)
      isWords = Self.isProse(texts, signs) && !Self.isMarked(spelling)
    } else {
      guard spelling != nil || Self.isCode(first.text) || first.hasHump else { return nil }
      written = [spelling.map(JoinedRun.indexWord) ?? Stemmer.stem(first.text)]
      ordered = nil
      // `p53` and `userName` may as well be words of a sentence.
      isWords = spelling == nil && (first.hasHump || first.text.utf8.count < 5)
    }
  }

  /// Letters joined as in prose: by hyphens and apostrophes, two by a slash or &, or abbreviations;
  /// also names and measures such as `COVID-19`, `IL-6` and `3-year`.
  private static func isProse(_ texts: [String], _ signs: [UInt8]) -> Bool {
    func hasDigit(_ text: String) -> Bool { text.unicodeScalars.contains(where: isDigit) }
    let words = texts.filter { !hasDigit($0) }
    guard words.count == texts.count else {
      return texts.count == 2 && words.count == 1 && signs == [UInt8(ascii: "-")]
        && texts.contains { hasDigit($0) && $0.utf8.count <= 3 }
    }
    return signs.allSatisfy("-'".utf8.contains)
      || texts.count == 2 && signs.allSatisfy("/&".utf8.contains)
      || texts.allSatisfy { $0.unicodeScalars.count <= 2 }
  }

  /// Whether a sign before or after it names something: `#release-42`, `.net-6`.
  private static func isMarked(_ spelling: String?) -> Bool {
    guard let spelling, let first = spelling.utf8.first, let last = spelling.utf8.last else {
      return false
    }
    return ".#@".utf8.contains(first) || "+#".utf8.contains(last)
  }

  /// A word that is no word: `E1042`, `9f8e7d6c`, `4711007`; but not `10am`, `3rd` or a year.
  private static func isCode(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard scalars.allSatisfy(\.isASCII), scalars.contains(where: isDigit) else { return false }
    if scalars.allSatisfy(isDigit) { return scalars.count >= 5 }
    return scalars.count >= (scalars.first.map(isDigit) ?? true ? 7 : 3)
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}

/// One of the words that signs join in a query.
struct QueryPart {
  var text: String
  var isFunctionWord: Bool
  /// Whether a capital follows a small letter, as in `userName`.
  var hasHump = false
  /// The sign before it; nil for the first.
  var sign: UInt8?

  static let apostrophe = UInt8(ascii: "'")
}

extension [QueryPart] {
  private static let elisions: Set = ["l", "d", "j", "n", "s", "c", "m", "t", "qu"]
  private static let endings: Set = ["s", "t", "m", "d", "re", "ve", "ll"]

  /// Without what an apostrophe leaves of other words: `Bob's`, `we'll`, `l'heure`. A verb with
  /// `n't` is an auxiliary.
  var withoutElisions: [QueryPart] {
    var result: [QueryPart] = []
    for (index, part) in enumerated() {
      let isBefore = index + 1 < count && self[index + 1].sign == QueryPart.apostrophe
      if isBefore && Self.elisions.contains(part.text) { continue }
      if part.sign == QueryPart.apostrophe && Self.endings.contains(part.text) {
        if part.text == "t", let last = result.indices.last, result[last].text.hasSuffix("n") {
          result[last].isFunctionWord = true
        }
        continue
      }
      result.append(part)
    }
    return result
  }
}
