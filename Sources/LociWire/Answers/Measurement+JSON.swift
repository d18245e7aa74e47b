package import LociJSON

/// What a measurement on judged data found. A figure is nil where there was nothing to measure.
package enum MeasurementAnswer: Sendable {
  /// A row of token ids on which a tokenizer and its reference differ.
  package typealias Mismatch = (row: Int, position: Int, expected: [Int], actual: [Int])

  /// Agreement with people's scores of pairs.
  case pairs(count: Int, spearman: Double?, pearson: Double?, model: String)
  /// Agreement of token ids with a reference.
  case tokenizer(rows: Int, matches: Int, mismatch: Mismatch?)

  /// The answer as JSON.
  package var json: JSON {
    switch self {
    case .pairs(let count, let spearman, let pearson, let model):
      [
        "pairs": .integer(count), "spearman": JSON(spearman, JSON.number),
        "pearson": JSON(pearson, JSON.number), "model": .string(model),
      ]
    case .tokenizer(let rows, let matches, let mismatch):
      [
        "rows": .integer(rows), "matches": .integer(matches),
        "first_mismatch": JSON(mismatch) { mismatch in
          [
            "row": .integer(mismatch.row), "position": .integer(mismatch.position),
            "expected": .array(mismatch.expected.map(JSON.integer)),
            "actual": .array(mismatch.actual.map(JSON.integer)),
          ]
        },
      ]
    }
  }
}
