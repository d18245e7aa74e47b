import Loci

/// The command line was not understood: exit status 2.
package struct UsageError: Error, Hashable, Sendable {
  /// What was wrong.
  package let message: String
  /// What would be right.
  package let remedy: String

  /// Makes an error; without a remedy it points to help.
  package init(_ message: String, remedy: String = "See `loci help`.") {
    self.message = message
    self.remedy = remedy
  }

  /// What somebody meant to type: a candidate that begins with the word, else the nearest one.
  static func intended(by word: String, among candidates: [String]) -> String? {
    guard !word.isEmpty else { return nil }
    return candidates.filter { $0.hasPrefix(word) }.min()
      ?? Suggestion.nearest(to: word, among: candidates)
  }
}
