import Foundation
public import LociCore

/// The preset of Boternity: what is near, fresh, often recalled and important.
///
///     max(0, similarity) · 0.5^(age in days / 30) · (1 + 0.1 · min(accesses, 10))
///       · (0.6 + 0.1 · (importance − 1))
///
/// What is less similar than 0.3 is not relevant. The score is 0…2.
public struct BoternityPolicy: PointwisePolicy {
  /// Makes the policy.
  public init() {}

  /// Its formula knows none.
  public var allowsReranking: Bool { false }

  /// Twice what is asked for.
  public func depth(for limit: Int) -> SearchDepth { .once(max(2 * limit, 20)) }

  /// The relevance of one candidate; nil where it is not near enough.
  public func relevance(
    of evidence: Evidence, record: Record, in search: SearchContext
  ) -> Relevance? {
    guard let similarity = evidence.similarity.map({ Double($0.value) }), similarity >= 0.3
    else { return nil }
    let freshness = pow(0.5, search.ageInDays(of: record) / 30)
    let use = 1 + 0.1 * Double(min(record.accessCount, 10))
    let weight = 0.6 + 0.1 * Double(record.importance - 1)
    return Relevance(max(0, similarity) * freshness * use * weight, policy: "boternity")
  }
}

extension ScoringPolicy where Self == BoternityPolicy {
  /// What is near, fresh, often recalled and important.
  public static var boternity: BoternityPolicy { BoternityPolicy() }
}
