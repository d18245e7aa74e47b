public import LociCore

/// The preset of Atom: what is near in a small space, looked at closely in a large one.
///
///     0.3 · coarse + 0.7 · rerank
///
/// Both are brought to 0…1 by the least and the largest of the candidates; a lone one has 1. The
/// coarse score is the cosine, of the 100 nearest; the reranker is given the first 50 and 200
/// milliseconds. Without a reranker the cosine stands.
public struct AtomPolicy: PointwisePolicy {
  /// What the closer look counts; the coarse score counts the rest.
  static let closeWeight = 0.7

  /// Makes the policy.
  public init() {}

  /// 100.
  public func depth(for limit: Int) -> SearchDepth { .once(max(limit, 100)) }
  /// 200 milliseconds.
  public var rerankingTime: Duration? { .milliseconds(200) }

  /// The cosine; nil where there is none.
  public func relevance(
    of evidence: Evidence, record: Record, in search: SearchContext
  ) -> Relevance? {
    evidence.similarity.map { Relevance(Double($0.value), policy: "atom") }
  }

  /// Three parts of the coarse scores, and seven of the closer ones.
  public func combined(coarse: [Double], close: [Double]) -> [Double] {
    zip(Self.normalized(coarse), Self.normalized(close)).map { coarse, close in
      (1 - Self.closeWeight) * coarse + Self.closeWeight * close
    }
  }

  /// The scores as shares of what lies between the least and the largest; 1 where all are the same.
  static func normalized(_ scores: [Double]) -> [Double] {
    guard let least = scores.min(), let largest = scores.max(), least < largest else {
      return scores.map { _ in 1 }
    }
    return scores.map { ($0 - least) / (largest - least) }
  }
}

extension ScoringPolicy where Self == AtomPolicy {
  /// What is near in a small space, looked at closely in a large one.
  public static var atom: AtomPolicy { AtomPolicy() }
}
