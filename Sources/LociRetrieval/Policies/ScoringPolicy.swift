public import LociCore

/// Turns what the legs say of a candidate, and its record, into its relevance: the one place that
/// decides what is relevant and what goes first.
///
/// A policy computes, and nothing else: it reads no clock and no store, so the same candidate has
/// the same relevance in every replay. The time is ``SearchContext/time``; age, access count and
/// importance are in the record.
///
/// ```swift
/// struct ImportantFirst: ScoringPolicy {
///   func relevance(
///     of evidence: Evidence, record: Record, in search: SearchContext
///   ) -> Relevance? {
///     StandardPolicy().relevance(of: evidence, record: record, in: search).map {
///       Relevance($0.value + Double(record.importance), policy: "important+\($0.policy)")
///     }
///   }
/// }
/// ```
public protocol ScoringPolicy: Sendable {
  /// The relevance of one candidate; hits are ordered by it, ties by id.
  ///
  /// - Parameters:
  ///   - evidence: What the legs say of it.
  ///   - record: Its record, as it is now.
  ///   - search: What is the same for every candidate.
  /// - Returns: The score with the name of the formula, the same name for all candidates of one
  ///   search; nil where the candidate is not relevant. A score that is not a number is nil, too.
  func relevance(of evidence: Evidence, record: Record, in search: SearchContext) -> Relevance?
}
