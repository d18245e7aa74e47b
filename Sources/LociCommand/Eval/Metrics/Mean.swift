/// The mean of numbers that come one by one.
package struct Mean: Sendable {
  /// How many numbers there were.
  package private(set) var count = 0
  private var sum = 0.0

  /// Makes a mean of nothing.
  package init() {}

  /// Makes the mean of numbers.
  package init(_ values: some Sequence<Double>) { for value in values { add(value) } }

  /// Takes another number.
  package mutating func add(_ value: Double) {
    count += 1
    sum += value
  }

  /// The mean; nil of nothing.
  package var value: Double? { count > 0 ? sum / Double(count) : nil }
}
