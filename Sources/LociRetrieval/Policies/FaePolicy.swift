public import LociCore

/// The preset of Fae: what is near, sure and fresh, and of a kind that matters.
///
///     0.6 · similarity + 0.2 · confidence + 0.1 / (1 + age in days) + bonus of the kind
///
/// The bonus is 0.10 for a profile, 0 for an episode and 0.06 for all others. What was not compared
/// counts as not similar. The score is −0.6…1.
public struct FaePolicy: PointwisePolicy {
  /// Makes the policy.
  public init() {}

  /// Its formula knows none.
  public var allowsReranking: Bool { false }

  /// The relevance of one candidate.
  public func relevance(
    of evidence: Evidence, record: Record, in search: SearchContext
  ) -> Relevance? {
    let similarity = Double(evidence.similarity?.value ?? 0)
    let freshness = 0.1 / (1 + search.ageInDays(of: record))
    let score =
      0.6 * similarity + 0.2 * record.confidence + freshness + bonus(of: record.category)
    return Relevance(score, policy: "fae")
  }

  private func bonus(of category: Record.Category?) -> Double {
    switch category?.name {
    case "profile": 0.1
    case "episode": 0
    default: 0.06
    }
  }
}

extension ScoringPolicy where Self == FaePolicy {
  /// What is near, sure and fresh, and of a kind that matters.
  public static var fae: FaePolicy { FaePolicy() }
}
