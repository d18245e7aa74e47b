import LociCore

/// A leg that is asked another variant of the question. It proposes records and says nothing of
/// them: the question itself decides how well they fit.
struct VariantLeg: Leg {
  let name: String
  let base: any Leg
  let text: String

  init(_ base: any Leg, asking text: String, number: Int) {
    name = "\(base.name) \(number)"
    self.base = base
    self.text = text
  }

  func proposals(for query: RecallQuery, limit: Int) async throws -> LegResult {
    var query = query
    query.text = text
    var result = try await base.proposals(for: query, limit: limit)
    result.proposals = result.proposals.map(\.unjudged)
    result.stages = result.stages.map(renamed)
    result.warning = nil
    return result
  }

  func canBeMissing(for query: RecallQuery, after error: any Error) -> Bool { true }

  private func renamed(_ stage: Recall.Stage) -> Recall.Stage {
    Recall.Stage(
      name: stage.name == base.name ? name : stage.name, duration: stage.duration,
      count: stage.count)
  }
}

extension Proposal {
  /// The same record, without what was said of it.
  fileprivate var unjudged: Proposal {
    var copy = self
    (copy.similarity, copy.words) = (nil, nil)
    return copy
  }
}
