import LociCore

/// Other ways to put a question, without a language model: its telling words alone, and its longest
/// clause.
///
/// A question's filling words and a second clause pull its vector away from what would answer one
/// part of it.
package struct QuestionVariants {
  /// The most variants, the question itself among them.
  static let maximumCount = 3
  private static let maximumBytes = 1 << 14

  /// The variants beside the question, each once.
  package let others: [String]

  /// Makes the variants. Complexity: O(n).
  package init(of question: String) {
    guard question.utf8.count <= Self.maximumBytes else {
      others = []
      return
    }
    let telling = Self.tellingWords(of: question)
    var others: [String] = []
    for variant in [telling, Self.longestClause(of: question)].compactMap(\.self)
    where !variant.isEmpty && !Self.areSame(variant, question)
      && !others.contains(where: { Self.areSame($0, variant) })
    {
      others.append(variant)
    }
    self.others = Array(others.prefix(Self.maximumCount - 1))
  }

  /// The words that say what the question is about, as they are written.
  private static func tellingWords(of question: String) -> String {
    let telling = Set(QueryTerms(question).terms.lazy.filter(\.isTelling).map(\.tokens))
    return question.split(whereSeparator: \.isWhitespace)
      .filter { QueryTerms(String($0)).terms.contains { telling.contains($0.tokens) } }
      .joined(separator: " ")
  }

  /// The longest stretch between signs and conjunctions; nil where there is one only.
  private static func longestClause(of question: String) -> String? {
    var clauses: [[Substring]] = [[]]
    for word in question.split(whereSeparator: \.isWhitespace) {
      let isEnd = word.last.map { ",;:?!.".contains($0) } ?? false
      if conjunctions.contains(word.lowercased()) {
        clauses.append([])
      } else {
        clauses[clauses.count - 1].append(word)
        if isEnd { clauses.append([]) }
      }
    }
    let told = clauses.filter { $0.count > 1 }
    guard told.count > 1 else { return nil }
    return told.max { $0.count < $1.count }?.joined(separator: " ")
  }

  /// Those that are nothing else in another of these languages.
  private static let conjunctions: Set<String> = [
    "and", "or", "but", "und", "oder", "aber", "et", "ou", "mais", "pero", "mas", "maar", "и",
    "или", "но",
  ]

  private static func areSame(_ left: String, _ right: String) -> Bool {
    Segmenter.words(of: left) == Segmenter.words(of: right)
  }
}
