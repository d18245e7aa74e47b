import Foundation

/// The distinct words of a query. Plain text in: there is no query syntax.
///
/// A word of a script with spaces is one term. A run of a script without spaces gives each of its
/// phrases (two characters of Han, Kana and Hangul, three of Thai and its like); a shorter run is
/// one term.
package struct QueryTerms {
  /// Longer queries are cut here: what follows can't change much, and a bound keeps any input
  /// cheap.
  static let maximumTerms = 256
  private static let maximumWordScalars = 256

  /// The terms in the query's order; each is a word, or the characters of a phrase that follow each
  /// other. They hold word characters only, so no quote of any query language.
  package private(set) var terms: [[String]] = []
  private var seen: Set<[String]> = []
  private var word = String.UnicodeScalarView()
  private var run: [String] = []
  private var runScript = Segmenter.Script.spaced

  /// Splits a query. Complexity: O(n).
  package init(_ query: String) {
    // A bound on what is folded, so that a huge query costs little.
    let text = String(query.unicodeScalars.prefix(1 << 16)).lowercased()
    for scalar in Segmenter.folded(text) {
      guard terms.count < Self.maximumTerms else { return }
      let script = Segmenter.Script(scalar)
      if !Segmenter.isWord(scalar) {
        endWord()
        endRun()
      } else if script == .spaced {
        endRun()
        word.append(scalar)
      } else if Segmenter.isMark(scalar), let last = run.popLast() {
        run.append(last + String(scalar))
      } else {
        endWord()
        if script != runScript { endRun() }
        runScript = script
        run.append(String(scalar))
      }
    }
    endWord()
    endRun()
  }

  private mutating func endWord() {
    if !word.isEmpty { add([String(word.prefix(Self.maximumWordScalars))]) }
    word.removeAll(keepingCapacity: true)
  }

  private mutating func endRun() {
    let length = runScript.phraseLength
    if !run.isEmpty && run.count <= length { add(run) }
    if run.count > length {
      for start in 0...(run.count - length) { add(Array(run[start..<(start + length)])) }
    }
    run.removeAll(keepingCapacity: true)
  }

  private mutating func add(_ tokens: [String]) {
    guard terms.count < Self.maximumTerms else { return }
    if seen.insert(tokens).inserted { terms.append(tokens) }
  }
}
