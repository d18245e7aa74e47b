package import LociJSON

extension SearchMeasurement {
  /// The measurement as JSON. What the first system is worth stands at the top; where there are
  /// others, `runs` has all of them and `comparisons` the first beside each other one.
  package var json: JSON {
    guard let first = runs.first else { return .object([]) }
    let questions = first.overall.asFound.count
    var members: [(key: String, value: JSON)] = [
      ("mode", .string(first.mode)), ("policy", .string(first.policy)),
      ("layout", .string(layout)), ("unit", .string(unit)),
      ("conversations", .integer(collections)), ("documents", .integer(documents)),
      ("empty_documents", .integer(emptyDocuments)), ("queries", .integer(questions)),
      ("without_evidence", .integer(questions - first.overall.judged.count)),
      ("embedded", .integer(embedded)),
    ]
    members += Self.values(of: first.overall.asFound)
    members += Self.members(of: first)
    if runs.count > 1 {
      members.append(
        (
          "runs",
          .array(
            runs.map { run in
              let head: [(key: String, value: JSON)] = [
                ("name", .string(run.name)), ("policy", .string(run.policy)),
                ("mode", .string(run.mode)),
              ]
              return .object(head + Self.members(of: run))
            })
        ))
      members.append(("comparisons", .array(comparisons.map(Self.json))))
    }
    return .object(members)
  }

  private static func members(of run: Run) -> [(key: String, value: JSON)] {
    [
      (key: "overall", value: json(run.overall)),
      (
        key: "categories",
        value: .object(run.categories.map { (key: $0.name, value: json($0.table)) })
      ),
    ] + (run.packed.map { [(key: "packed", value: json($0))] } ?? [])
      + (run.relevance.map { [(key: "relevance", value: json($0))] } ?? [])
  }

  private static func json(_ table: Table) -> JSON {
    .object(
      members(of: table.asFound)
        + [(key: "with_evidence", value: .object(members(of: table.judged)))])
  }

  private static func members(of questions: Questions) -> [(key: String, value: JSON)] {
    let intervals = questions.figures.map { figure in
      (key: figure.name, value: JSON(figure.interval) { [.number($0.low), .number($0.high)] })
    }
    return [(key: "questions", value: .integer(questions.count))] + values(of: questions)
      + [(key: "intervals", value: .object(intervals))]
  }

  private static func values(of questions: Questions) -> [(key: String, value: JSON)] {
    questions.figures.map { (key: $0.name, value: JSON($0.value, JSON.number)) }
  }

  private static func json(_ packed: Packed) -> JSON {
    .object(
      [(key: "tokens", value: .integer(packed.tokens))]
        + packed.evidence.flatMap { questions in
          questions.figures.map { figure in
            (
              key: figure.name,
              value: [
                "questions": .integer(questions.count),
                "value": JSON(figure.value, JSON.number),
                "interval": JSON(figure.interval) { [.number($0.low), .number($0.high)] },
              ]
            )
          }
        })
  }

  private static func json(_ relevance: Relevance) -> JSON {
    [
      "hits": .integer(relevance.hits),
      "calibration_error": JSON(relevance.calibrationError, JSON.number),
      "bins": .array(
        relevance.bins.map { bin in
          [
            "hits": .integer(bin.count), "predicted": .number(bin.predicted),
            "observed": .number(bin.observed),
          ]
        }),
      "abstention": [
        "precision": JSON(relevance.abstention.precision, JSON.number),
        "recall": JSON(relevance.abstention.recall, JSON.number),
        "f1": JSON(relevance.abstention.f1, JSON.number),
      ],
    ]
  }

  private static func json(_ comparison: Comparison) -> JSON {
    [
      "first": .string(comparison.first), "second": .string(comparison.second),
      "differences": .object(
        comparison.differences.map { difference in
          (
            key: difference.name,
            value: [
              "value": .number(difference.value),
              "interval": [.number(difference.interval.low), .number(difference.interval.high)],
              "p": .number(difference.probability),
            ]
          )
        }),
    ]
  }
}
