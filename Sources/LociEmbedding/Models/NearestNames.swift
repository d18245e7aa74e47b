/// Suggestions for a misspelt name.
enum NearestNames {
  /// The two candidates that are fewest edits away, case ignored, the nearest first.
  static func of(_ name: String, among candidates: [String]) -> [String] {
    let wanted = Array(name.lowercased().prefix(100))
    return
      candidates
      .map { (name: $0, distance: distance(wanted, Array($0.lowercased()))) }
      .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
      .prefix(2).map(\.name)
  }

  /// Levenshtein's distance: insertions, deletions and replacements. Complexity: O(n · m).
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (i, character) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let replaced = diagonal + (character == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
