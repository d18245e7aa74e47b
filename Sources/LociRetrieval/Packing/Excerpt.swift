import LociCore

/// The sentences of a long text that say most about a question.
struct Excerpt {
  /// What is read of a text, in UTF-8 bytes; the rest is left out.
  private static let maximumBytes = 1 << 18
  private static let gap = " … "
  /// Words are the same where their first letters are: `steam`, `steamed`.
  private static let stemLength = 5

  private let budget: ContextBudget
  private let stems: Set<Substring>

  init(for question: String, within budget: ContextBudget) {
    self.budget = budget
    stems = Set(
      QueryTerms(question).terms.filter(\.isTelling).flatMap(\.tokens)
        .map { $0[...].prefix(Self.stemLength) })
  }

  /// The most telling sentences, in their order, or the beginning of the most telling one where not
  /// even that fits; nil where there is no room for anything. Complexity: O(n log n).
  func excerpt(of record: Record, within room: Int) -> String? {
    func size(_ text: String) -> Int { budget.size(of: ContextBlock.quoted(record, text)) }
    let gapSize = budget.size(of: Self.gap)
    let sentences = Self.sentences(of: record.text)
    let ranked = sentences.indices.map { (index: $0, score: score(of: sentences[$0])) }
      .sorted { $0.score != $1.score ? $0.score > $1.score : $0.index < $1.index }
    var left = room - size("")
    var taken: [Int] = []
    for (index, _) in ranked {
      let cost = budget.size(of: String(sentences[index])) + gapSize
      guard cost <= left else { continue }
      taken.append(index)
      left -= cost
    }
    if taken.isEmpty, let best = ranked.first {
      return beginning(of: sentences[best.index], within: room - size("") - gapSize)
    }
    guard !taken.isEmpty else { return nil }
    taken.sort()
    return taken.enumerated().map { place, index in
      let follows = place > 0 ? taken[place - 1] == index - 1 : index == 0
      return (follows ? "" : Self.gap) + sentences[index]
    }.joined()
  }

  /// How many of the question's words a sentence holds.
  private func score(of sentence: Substring) -> Int {
    guard !stems.isEmpty else { return 0 }
    let words = Segmenter.indexed(String(sentence)).split(separator: " ")
    return stems.intersection(words.map { $0.prefix(Self.stemLength) }).count
  }

  /// As many words as there is room for; nil for none.
  private func beginning(of sentence: Substring, within room: Int) -> String? {
    var (text, left) = ("", room)
    for word in sentence.split(separator: " ", omittingEmptySubsequences: false) {
      left -= budget.size(of: String(word)) + 1
      guard left >= 0 else { break }
      text += (text.isEmpty ? "" : " ") + word
    }
    return text.allSatisfy(\.isWhitespace) ? nil : text + " …"
  }

  /// The text in pieces that end behind a full stop, or a line.
  private static func sentences(of text: String) -> [Substring] {
    var sentences: [Substring] = []
    let end =
      text.utf8.index(text.startIndex, offsetBy: maximumBytes, limitedBy: text.endIndex)
      ?? text.endIndex
    let scalars = text.unicodeScalars
    var (start, index, isEnding) = (scalars.startIndex, scalars.startIndex, false)
    while index < end {
      let scalar = scalars[index]
      scalars.formIndex(after: &index)
      let isSpace = scalar == " " || scalar == "\n"
      if scalar == "\n" || scalar == "。" || isEnding && isSpace {
        sentences.append(text[start..<index])
        start = index
      }
      isEnding =
        scalar == "." || scalar == "!" || scalar == "?" || isEnding && !isSpace && scalar == "\""
    }
    if start < index { sentences.append(text[start..<index]) }
    return sentences
  }
}
