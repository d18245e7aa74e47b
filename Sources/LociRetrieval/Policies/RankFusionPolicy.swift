public import LociCore

/// How well a record fits the question by its places in the legs: what Loci did before
/// ``StandardPolicy``, and what many hybrid searches do.
///
/// By meaning the score is the cosine, by words the engine's own, by both it is reciprocal rank
/// fusion. Where the question has joined words, such as an address or a version, and a candidate
/// holds them, how it spells them comes before all that: each step of ``LexicalMatch/Spelling`` is
/// worth 2, and the score below is one in −1…1.
public struct RankFusionPolicy: PointwisePolicy {
  /// Makes the policy.
  public init() {}

  /// Its formula knows none.
  public var allowsReranking: Bool { false }

  /// Three times what is asked for, so that fusion has something to unite.
  public func depth(for limit: Int) -> SearchDepth { .once(max(3 * limit, 30)) }

  /// The relevance of one candidate; nil where it is not ``Evidence/isRelevant(minimum:)``.
  public func relevance(
    of evidence: Evidence, record: Record, in search: SearchContext
  ) -> Relevance? {
    guard evidence.isRelevant(minimum: search.minimumSimilarity) else { return nil }
    let score = score(of: evidence, in: search)
    guard search.holdsJoinedWords else { return score }
    // An engine's score has no bounds.
    let bounded =
      search.mode == .lexical ? score.value / (1 + abs(score.value)) : score.value
    let steps = Double(evidence.spelling?.rawValue ?? 0)
    return Relevance(2 * steps + bounded, policy: "spelling+" + score.policy)
  }

  private func score(of evidence: Evidence, in search: SearchContext) -> Relevance {
    switch search.mode {
    case .hybrid:
      let fusion = ReciprocalRankFusion()
      return Relevance(
        fusion.score(ofRanks: evidence.placements.map(\.rank), legCount: search.legs.count),
        policy: ReciprocalRankFusion.policy)
    case .semantic:
      return Relevance(evidence.similarity.map { Double($0.value) } ?? -1, policy: "cosine")
    case .lexical:
      let found = evidence.placements.last
      return Relevance(found?.score ?? -1, policy: found?.scoreName ?? "none")
    }
  }
}

extension ScoringPolicy where Self == RankFusionPolicy {
  /// Reciprocal rank fusion.
  public static var rankFusion: RankFusionPolicy { RankFusionPolicy() }
}
