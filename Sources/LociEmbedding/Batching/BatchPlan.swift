/// Cuts texts into batches of about the same work, so that little of it is padding.
package enum BatchPlan {
  /// Groups texts of similar length, the longest first.
  ///
  /// Complexity: O(n log n).
  /// - Parameters:
  ///   - lengths: The number of tokens of each text.
  ///   - budget: How many tokens a batch may have, padding included; a longer text goes alone.
  /// - Returns: The texts' positions, batch by batch; each position once.
  package static func batches(lengths: [Int], budget: Int) -> [[Int]] {
    let inOrder = lengths.indices.sorted { (lengths[$1], $0) < (lengths[$0], $1) }
    var batches: [[Int]] = []
    var longest = 0
    for position in inOrder {
      if let count = batches.last?.count, (count + 1) * longest <= budget {
        batches[batches.count - 1].append(position)
      } else {
        batches.append([position])
        longest = lengths[position]
      }
    }
    return batches
  }
}
