package import LociJSON

/// What a measurement on judged data found. A figure is nil where there was nothing to measure.
package enum MeasurementAnswer: Sendable {
  /// A figure by its name, such as `recall_at_10`.
  package typealias Figure = (name: String, value: Double?)
  /// How much of the evidence of some questions was found.
  package typealias Questions = (count: Int, figures: [Figure])
  /// A row of token ids on which a tokenizer and its reference differ.
  package typealias Mismatch = (row: Int, position: Int, expected: [Int], actual: [Int])

  /// Agreement with people's scores of pairs.
  case pairs(count: Int, spearman: Double?, pearson: Double?, model: String)
  /// How well judged documents are found.
  case retrieval(mode: String, counts: [(name: String, value: Int)], figures: [Figure])
  /// How much of the gold evidence is found in conversations.
  case conversations(
    mode: String, unit: String, count: Int, overall: Questions,
    categories: [(name: String, questions: Questions)])
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
    case .retrieval(let mode, let counts, let figures):
      .object(
        [(key: "mode", value: .string(mode))]
          + counts.map { (key: $0.name, value: .integer($0.value)) } + Self.members(figures))
    case .conversations(let mode, let unit, let count, let overall, let categories):
      [
        "mode": .string(mode), "unit": .string(unit), "conversations": .integer(count),
        "overall": Self.json(overall),
        "categories": .object(categories.map { (key: $0.name, value: Self.json($0.questions)) }),
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

  private static func json(_ questions: Questions) -> JSON {
    .object(
      [(key: "questions", value: .integer(questions.count))] + members(questions.figures))
  }

  private static func members(_ figures: [Figure]) -> [(key: String, value: JSON)] {
    figures.map { (key: $0.name, value: JSON($0.value, JSON.number)) }
  }
}
