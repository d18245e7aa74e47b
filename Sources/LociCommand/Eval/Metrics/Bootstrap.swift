import Loci

/// How far a mean over questions would move with other questions of the same kind: they are drawn
/// again and again, with replacement (Efron, 1979).
///
/// The draws follow from a seed, so the same figures have the same intervals on any machine.
package struct Bootstrap: Sendable {
  /// An interval that holds 95 of 100 draws.
  package struct Interval: Hashable, Sendable {
    /// Its lower end.
    package let low: Double
    /// Its upper end.
    package let high: Double

    /// Makes an interval.
    package init(low: Double, high: Double) { (self.low, self.high) = (low, high) }
  }

  /// How two systems differ on the same questions.
  package struct Comparison: Hashable, Sendable {
    /// The first one's mean less the second one's.
    package let difference: Double
    /// Where 95 of 100 draws of that lie.
    package let interval: Interval
    /// How probable a difference of the other sign, or none, is by these questions, on both sides
    /// together; 0…1.
    package let probability: Double
  }

  /// How many draws, 1,000…10,000.
  package let resamples: Int
  private let seed: UInt64

  /// How many draws may be asked for.
  package static let range = 1_000...10_000

  /// Makes a bootstrap; a count beyond 1,000…10,000 becomes the nearest in it.
  package init(resamples: Int = 2_000, seed: UInt64 = 12) {
    self.resamples = min(max(resamples, Self.range.lowerBound), Self.range.upperBound)
    self.seed = seed
  }

  /// The percentile interval of the mean; nil of nothing.
  ///
  /// Complexity: O(values · resamples).
  package func interval(of values: [Double]) -> Interval? {
    values.isEmpty ? nil : Self.interval(ofSorted: means(of: values).sorted())
  }

  /// Compares two systems by their values of the same questions, in the same order; nil where there
  /// are none, or not as many of each.
  ///
  /// The questions are drawn, and both systems' values of each go together: what is hard for both
  /// does not widen the interval. Complexity: O(values · resamples).
  package func comparison(_ first: [Double], _ second: [Double]) -> Comparison? {
    guard !first.isEmpty, first.count == second.count else { return nil }
    let differences = zip(first, second).map { $0 - $1 }
    let drawn = means(of: differences)
    // One more of each, so that no finite number of draws says "impossible" (Davison and Hinkley,
    // 1997, section 4.2).
    let notAbove = drawn.count { $0 <= 0 } + 1
    let notBelow = drawn.count { $0 >= 0 } + 1
    return Comparison(
      difference: differences.reduce(0, +) / Double(differences.count),
      interval: Self.interval(ofSorted: drawn.sorted()),
      probability: min(1, 2 * Double(min(notAbove, notBelow)) / Double(resamples + 1)))
  }

  private func means(of values: [Double]) -> [Double] {
    var generator = SplitMix64(seed: seed)
    let count = UInt64(values.count)
    // The same value of all questions stays what it is, whatever is drawn.
    if let first = values.first, values.allSatisfy({ $0 == first }) {
      return Array(repeating: first, count: resamples)
    }
    return (0..<resamples).map { _ in
      var sum = 0.0
      for _ in values {
        // The upper half of the product is a fair draw but for one in 2^64 / count.
        sum += values[Int(generator.next().multipliedFullWidth(by: count).high)]
      }
      return sum / Double(values.count)
    }
  }

  /// The nearest draws to the 2.5th and the 97.5th of 100.
  private static func interval(ofSorted draws: [Double]) -> Interval {
    let tail = draws.count / 40
    return Interval(low: draws[tail], high: draws[draws.count - 1 - tail])
  }
}
