/// Correlation of two lists of numbers.
package enum Correlation {
  /// Pearson's r; nil where a list has fewer than two values or does not vary.
  package static func pearson(_ left: [Double], _ right: [Double]) -> Double? {
    guard left.count == right.count, left.count > 1 else { return nil }
    let leftMean = left.reduce(0, +) / Double(left.count)
    let rightMean = right.reduce(0, +) / Double(right.count)
    var product = 0.0
    var leftSquares = 0.0
    var rightSquares = 0.0
    for (x, y) in zip(left, right) {
      product += (x - leftMean) * (y - rightMean)
      leftSquares += (x - leftMean) * (x - leftMean)
      rightSquares += (y - rightMean) * (y - rightMean)
    }
    guard leftSquares > 0, rightSquares > 0 else { return nil }
    return product / (leftSquares.squareRoot() * rightSquares.squareRoot())
  }

  /// Spearman's rho: Pearson's r of the ranks, ties sharing their average rank.
  package static func spearman(_ left: [Double], _ right: [Double]) -> Double? {
    pearson(ranks(left), ranks(right))
  }

  /// Ranks from 1; equal values share the average of their ranks. Complexity: O(n log n).
  package static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for index in order[start..<end] { ranks[index] = Double(start + 1 + end) / 2 }
      start = end
    }
    return ranks
  }
}
