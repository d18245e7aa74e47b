package import LociCore

/// Reciprocal rank fusion: a candidate's score is the sum of 1 / (k + rank) over the legs that
/// found it, ranks counted from 1.
///
/// Source: Cormack, Clarke and Büttcher, SIGIR 2009, with their k = 60. The sum is divided by the
/// largest possible one, so that 1 means "first in every leg".
package struct ReciprocalRankFusion: Sendable {
  package static let policy = "rrf"

  package var k = 60.0

  package init() {}

  /// Unites the legs' ranked ids. Complexity: O(n log n) over all candidates.
  ///
  /// - Parameter legs: For each leg its ids, best first, without repetition.
  /// - Returns: Every id once with its score 0…1, best first, ties by id.
  package func fuse(_ legs: [[RecordID]]) -> [(id: RecordID, score: Double)] {
    var scores: [RecordID: Double] = [:]
    for leg in legs {
      for (index, id) in leg.enumerated() { scores[id, default: 0] += 1 / (k + Double(index + 1)) }
    }
    let best = Double(legs.count) / (k + 1)
    return
      scores
      .map { (id: $0.key, score: $0.value / best) }
      .sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
  }
}
