/// How far probabilities that a record answers are borne out by what people judged.
package struct Reliability: Sendable {
  /// Hits of about the same probability.
  package struct Bin: Hashable, Sendable {
    /// How many.
    package let count: Int
    /// Their mean probability.
    package let predicted: Double
    /// The share of them that answer.
    package let observed: Double
  }

  /// From the least to the most probable, each with as many hits as the others.
  package let bins: [Bin]
  /// The mean distance of what was predicted and what was observed, over hits: the expected
  /// calibration error in bins of equal mass (Naeini et al., 2015; Nguyen and O'Connor, 2015); nil
  /// of nothing.
  package let error: Double?

  /// Sorts hits into bins. Complexity: O(n log n).
  ///
  /// - Parameters:
  ///   - hits: Each one's probability, and whether it answers.
  ///   - count: How many bins; fewer where there are fewer hits.
  package init(_ hits: [(probability: Double, isAnswer: Bool)], bins count: Int = 10) {
    let sorted = hits.sorted { $0.probability < $1.probability }
    let wanted = min(max(1, count), sorted.count)
    bins = (0..<wanted).map { bin in
      let range = bin * sorted.count / wanted..<(bin + 1) * sorted.count / wanted
      let part = sorted[range]
      return Bin(
        count: part.count,
        predicted: part.reduce(0) { $0 + $1.probability } / Double(part.count),
        observed: Double(part.count(where: \.isAnswer)) / Double(part.count))
    }
    error =
      sorted.isEmpty
      ? nil
      : bins.reduce(0) { $0 + Double($1.count) * abs($1.predicted - $1.observed) }
        / Double(sorted.count)
  }
}

/// How well questions that nothing answers are told from others.
package struct AbstentionScore: Hashable, Sendable {
  /// Questions that nothing answers, and that were said to be so.
  package private(set) var rightly = 0
  /// Questions that something answers, and that were said to have no answer.
  package private(set) var wrongly = 0
  /// Questions that nothing answers, and that were answered all the same.
  package private(set) var missed = 0

  /// Makes a score of no question.
  package init() {}

  /// Takes a question.
  package mutating func add(isAnswerable: Bool, isAnswered: Bool) {
    switch (isAnswerable, isAnswered) {
    case (false, false): rightly += 1
    case (true, false): wrongly += 1
    case (false, true): missed += 1
    case (true, true): break
    }
  }

  /// Of those said to have no answer, the share that has none; nil where none was said so.
  package var precision: Double? { Self.share(rightly, of: rightly + wrongly) }
  /// Of those that have no answer, the share that was said so; nil where there are none.
  package var recall: Double? { Self.share(rightly, of: rightly + missed) }
  /// The harmonic mean of both; nil where there is nothing to tell apart.
  package var f1: Double? { Self.share(2 * rightly, of: 2 * rightly + wrongly + missed) }

  private static func share(_ part: Int, of whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }
}
