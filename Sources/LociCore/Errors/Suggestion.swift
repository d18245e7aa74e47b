/// Finds what somebody probably meant, for errors that name the nearest valid word.
package enum Suggestion {
  /// The candidate that is the fewest edits away from a misspelt word, or nil where none is near.
  ///
  /// Near means at most a third of the longer word's characters, and at least one edit is allowed.
  /// Case does not count; of several at the same distance the first wins.
  /// Complexity: O(characters of the word × characters of all candidates).
  package static func nearest(
    to word: String, among candidates: some Sequence<String>
  ) -> String? {
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let distance = distance(from: word.lowercased(), to: candidate.lowercased())
      let allowed = max(1, max(word.count, candidate.count) / 3)
      if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// A sentence such as `Did you mean "limit"?`, or nil where no candidate is near.
  package static func question(
    for word: String, among candidates: some Sequence<String>
  ) -> String? {
    nearest(to: word, among: candidates).map { "Did you mean \"\($0)\"?" }
  }

  /// The Levenshtein distance, with two swapped neighbours counted as one edit (optimal string
  /// alignment), since that is the commonest slip.
  package static func distance(from left: String, to right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let same = left[row] == right[column]
        var cost = min(
          previous[column] + (same ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
        let isSwap =
          row > 0 && column > 0 && left[row] == right[column - 1] && left[row - 1] == right[column]
        if isSwap { cost = min(cost, beforePrevious[column - 1] + 1) }
        current.append(cost)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
