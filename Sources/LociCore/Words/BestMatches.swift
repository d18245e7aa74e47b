/// The best of many matches, of which few are kept at any time.
package struct BestMatches {
  private let limit: Int
  private var kept: [LexicalMatch] = []
  /// What the last of the best has, once there are enough.
  private var last: (spelling: Int, score: Double)?

  /// Takes how many are wanted, at least 1.
  package init(_ limit: Int) { self.limit = limit }

  /// Whether a match would be among the best, if its id decides for it where it ties.
  package func mayTake(_ score: Double, _ spelling: LexicalMatch.Spelling?) -> Bool {
    guard let last else { return true }
    let spelling = spelling?.rawValue ?? 0
    return spelling != last.spelling ? spelling > last.spelling : score >= last.score
  }

  /// Adds a match. Complexity: O(log limit) on average.
  package mutating func take(_ match: LexicalMatch) {
    kept.append(match)
    if kept.count / 2 >= limit { cut() }
  }

  private mutating func cut() {
    kept.sort(by: LexicalMatch.ranksBefore)
    if kept.count >= limit {
      kept.removeSubrange(limit...)
      last = kept.last.map { ($0.spelling?.rawValue ?? 0, $0.score) }
    }
  }

  /// The best, best first, ties by id.
  package var matches: [LexicalMatch] {
    Array(kept.sorted(by: LexicalMatch.ranksBefore).prefix(limit))
  }
}
