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
}

/// Finds what somebody meant to type.
package enum Nearest {
  /// The candidate that is closest to a word: one that begins with it, else the fewest edits, at
  /// most about a third of the word; nil where none is that close.
  package static func candidate(to word: String, in candidates: [String]) -> String? {
    guard !word.isEmpty else { return nil }
    if let longer = candidates.sorted().first(where: { $0.hasPrefix(word) }) { return longer }
    let scored = candidates.map { (edits: edits(from: word, to: $0), name: $0) }
    guard let best = scored.min(by: { ($0.edits, $0.name) < ($1.edits, $1.name) }) else {
      return nil
    }
    return best.edits <= max(2, word.count / 3) ? best.name : nil
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one word into another
  /// (optimal string alignment). Complexity: O(n·m).
  package static func edits(from left: String, to right: String) -> Int {
    let left = Array(left)
    let right = Array(right)
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
        var fewest = min(replaced, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          fewest = min(fewest, beforeLast[column - 1] + 1)
        }
        current.append(fewest)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
