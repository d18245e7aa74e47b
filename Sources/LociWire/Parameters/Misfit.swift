package import LociCore

/// Why a value can't be a parameter's. It shows no value, and not yet how the caller spells the
/// parameter: `--importance` or `importance`.
package struct Misfit: Error, Hashable, Sendable {
  /// What follows the parameter's name in a sentence.
  package let problem: String
  /// What would be right.
  package let remedy: String?

  /// Makes one of an expectation such as `a whole number`.
  package init(needs expectation: String, remedy: String?) {
    (problem, self.remedy) = (" needs \(expectation).", remedy)
  }

  /// Makes one of what follows the parameter's name.
  package init(problem: String, remedy: String?) {
    (self.problem, self.remedy) = (problem, remedy)
  }

  /// Makes one of a broken rule of the value's own.
  package init(_ error: LociError) {
    (problem, remedy) = (": " + error.message, error.remedy)
  }

  /// One of a few words was expected.
  package init(_ word: String, among words: [String]) {
    problem = " does not know that value."
    remedy =
      words.filter { !word.isEmpty && $0.hasPrefix(word) }.min().map { "Did you mean \($0)?" }
      ?? Suggestion.nearest(to: word, among: words).map { "Did you mean \($0)?" }
      ?? "Give \(words.joined(separator: ", "))."
  }
}
