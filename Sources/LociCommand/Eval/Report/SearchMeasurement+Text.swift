import LociWire

extension SearchMeasurement {
  /// The measurement as text.
  func text(on console: Console) -> String {
    let queries = runs.first?.overall.asFound.count ?? 0
    let blind = queries - (runs.first?.overall.judged.count ?? 0)
    let head: [(name: String, value: String)] = [
      ("layout", layout), ("looked for", unit), ("collections", "\(collections)"),
      ("documents", "\(documents)"),
      ("queries", blind > 0 ? "\(queries), of which \(blind) without evidence" : "\(queries)"),
      ("embedded", "\(embedded)"),
    ]
    return
      ([Format.table(head, on: console)] + runs.map { Self.text(of: $0, on: console) }
      + comparisons.map { Self.text(of: $0, on: console) })
      .joined(separator: "\n\n")
  }

  /// What is said of a category; the rest is in JSON.
  private static let ofCategories = [
    "hit_at_1", "mrr", "recall_at_5", "recall_at_10", "ndcg_at_10",
  ]

  private static func text(of run: Run, on console: Console) -> String {
    var parts = [console.bold(run.name == run.policy ? "\(run.name), \(run.mode)" : run.name)]
    let isBlind = run.overall.judged.count < run.overall.asFound.count
    parts.append(
      Format.table(
        zip(run.overall.asFound.figures, run.overall.judged.figures).map { all, judged in
          let value = text(all) + (isBlind ? "   with evidence \(text(judged))" : "")
          return (title(all.name), value)
        }, on: console))
    if !run.categories.isEmpty {
      parts.append(
        Format.table(
          run.categories.map { name, table in
            let figures = ofCategories.compactMap { table.asFound.figure($0) }
            return (
              "\(name) (\(table.asFound.count))",
              figures.map { "\(title($0.name)) \(text($0))" }.joined(separator: "   ")
            )
          }, on: console))
    }
    if let packed = run.packed {
      parts.append(
        Format.table(
          packed.evidence.flatMap { questions in
            questions.figures.map { figure in
              (
                "packed " + figure.name.replacing("_", with: " "),
                "\(text(figure)) of \(questions.count) questions, in \(packed.tokens) tokens"
              )
            }
          }, on: console))
    }
    if let relevance = run.relevance { parts.append(text(of: relevance, on: console)) }
    return parts.joined(separator: "\n")
  }

  private static func text(of relevance: Relevance, on console: Console) -> String {
    func figure(_ value: Double?) -> String { Format.figure(value, decimals: 4) }
    let abstention = relevance.abstention
    return Format.table(
      [
        ("hits judged", "\(relevance.hits)"),
        ("calibration error", figure(relevance.calibrationError)),
        (
          "not answered",
          "F1 \(figure(abstention.f1))   precision \(figure(abstention.precision))   "
            + "recall \(figure(abstention.recall))"
        ),
      ]
        + relevance.bins.map {
          ("bin of \($0.count)", "said \(figure($0.predicted))   was \(figure($0.observed))")
        }, on: console)
  }

  private static func text(of comparison: Comparison, on console: Console) -> String {
    let table = Format.table(
      comparison.differences.map { difference in
        let sign = difference.value > 0 ? "+" : ""
        return (
          title(difference.name),
          sign + Format.number(difference.value, decimals: 4) + " "
            + text(difference.interval) + "   p "
            + Format.number(difference.probability, decimals: 4)
        )
      }, on: console)
    return console.bold("\(comparison.first) less \(comparison.second)") + "\n" + table
  }

  private static func title(_ name: String) -> String {
    name.replacing("_at_", with: "@")
  }

  private static func text(_ figure: Figure) -> String {
    Format.figure(figure.value, decimals: 4) + (figure.interval.map { " " + text($0) } ?? "")
  }

  private static func text(_ interval: (low: Double, high: Double)) -> String {
    "[\(Format.number(interval.low, decimals: 4)), \(Format.number(interval.high, decimals: 4))]"
  }
}
