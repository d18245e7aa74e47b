/// Ways to count in which a text never has more tokens than its parts together.
public enum Counting: String, CaseIterable, Sendable {
  /// Words between blanks.
  case words
  /// Characters that are not blank.
  case characters

  /// The number of tokens of a text.
  @Sendable public func count(_ text: String) -> Int {
    switch self {
    case .words: text.split(whereSeparator: \.isWhitespace).count
    case .characters: text.count { !$0.isWhitespace }
    }
  }
}
