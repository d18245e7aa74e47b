import Loci
package import LociWire

/// What an evaluation says of its systems, with intervals.
package struct EvalReport {
  private let outcome: Evaluation.Outcome
  private let bootstrap: Bootstrap

  /// Makes a report.
  package init(_ outcome: Evaluation.Outcome, bootstrap: Bootstrap = Bootstrap()) {
    (self.outcome, self.bootstrap) = (outcome, bootstrap)
  }

  /// What each system is worth, over all and by category.
  package var runs: [SearchMeasurement.Run] {
    outcome.runs.map { run in
      let categories = Dictionary(grouping: run.scores.filter { $0.category != nil }) {
        $0.category ?? ""
      }
      return SearchMeasurement.Run(
        name: run.system.name, policy: run.system.policyName, mode: run.system.mode.rawValue,
        overall: table(of: run.scores),
        categories: categories.sorted { $0.key < $1.key }.map { ($0.key, table(of: $0.value)) },
        packed: packed(of: run), relevance: relevance(of: run))
    }
  }

  /// How the first system differs from each of the others, question by question.
  package var comparisons: [SearchMeasurement.Comparison] {
    guard let first = outcome.runs.first else { return [] }
    return outcome.runs.dropFirst().map { second in
      SearchMeasurement.Comparison(
        first: first.system.name, second: second.system.name,
        differences: outcome.measures.indices.compactMap { index in
          bootstrap.comparison(
            Self.asFound(first.scores, index), Self.asFound(second.scores, index)
          ).map {
            .init(
              name: outcome.measures[index].name, value: $0.difference,
              interval: ($0.interval.low, $0.interval.high), probability: $0.probability)
          }
        })
    }
  }

  private func table(of scores: [Evaluation.QuestionScore]) -> SearchMeasurement.Table {
    let judged = scores.filter(\.hasEvidence)
    let asFound = questions(scores)
    return .init(
      asFound: asFound, judged: judged.count == scores.count ? asFound : questions(judged))
  }

  private func questions(
    _ scores: [Evaluation.QuestionScore]
  ) -> SearchMeasurement.Questions {
    .init(
      count: scores.count,
      figures: outcome.measures.enumerated().map { index, measure in
        let values = Self.asFound(scores, index)
        return .init(
          name: measure.name, value: Mean(values).value,
          interval: bootstrap.interval(of: values).map { ($0.low, $0.high) })
      })
  }

  /// A question of which nobody knows what answers it counts as found.
  private static func asFound(
    _ scores: [Evaluation.QuestionScore], _ measure: Int
  ) -> [Double] {
    scores.map { $0.values[measure] ?? 1 }
  }

  private func packed(of run: Evaluation.Run) -> SearchMeasurement.Packed? {
    outcome.packedTokens.map { tokens in
      .init(
        tokens: tokens,
        evidence: Evaluation.packedDepths.enumerated().map { index, depth in
          let values = run.survivals.compactMap { $0[index] }
          return .init(
            count: values.count,
            figures: [
              .init(
                name: "of_\(depth)", value: Mean(values).value,
                interval: bootstrap.interval(of: values).map { ($0.low, $0.high) })
            ])
        })
    }
  }

  private func relevance(of run: Evaluation.Run) -> SearchMeasurement.Relevance? {
    guard let abstention = run.abstention else { return nil }
    let reliability = Reliability(run.hits)
    return .init(
      hits: run.hits.count, calibrationError: reliability.error,
      bins: reliability.bins.map { ($0.count, $0.predicted, $0.observed) },
      abstention: (
        precision: abstention.precision, recall: abstention.recall, f1: abstention.f1
      ))
  }
}
