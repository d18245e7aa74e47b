public import LociCore

/// The preset of Umi: what is near, and a little of what both legs place high.
///
///     0.7 · similarity + 0.3 · reciprocal rank fusion over the largest possible
///
/// What scores less than 0.3 is not relevant. The score is 0.3…1.
public struct UmiPolicy: PointwisePolicy {
  /// Makes the policy.
  public init() {}

  /// Its formula knows none.
  public var allowsReranking: Bool { false }

  /// Three times what is asked for.
  public func depth(for limit: Int) -> SearchDepth { .once(max(3 * limit, 30)) }

  /// The relevance of one candidate; nil where it is below 0.3.
  public func relevance(
    of evidence: Evidence, record: Record, in search: SearchContext
  ) -> Relevance? {
    let fused = ReciprocalRankFusion()
      .score(ofRanks: evidence.placements.map(\.rank), legCount: search.legs.count)
    let score = 0.7 * Double(evidence.similarity?.value ?? 0) + 0.3 * fused
    return score >= 0.3 ? Relevance(score, policy: "umi") : nil
  }
}

extension ScoringPolicy where Self == UmiPolicy {
  /// What is near, and a little of what both legs place high.
  public static var umi: UmiPolicy { UmiPolicy() }
}
