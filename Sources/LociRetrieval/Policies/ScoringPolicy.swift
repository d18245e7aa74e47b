public import LociCore

/// Turns what the legs say of candidates, and their records, into their relevance: the one place
/// that decides what is relevant and what goes first.
///
/// A policy computes, and nothing else: it reads no clock and no store, so the same candidates have
/// the same relevance in every replay. The time is ``SearchContext/time``; age, access count and
/// importance are in the record. One that looks at each candidate by itself is a
/// ``PointwisePolicy``.
public protocol ScoringPolicy: Sendable {
  /// Judges the candidates of one search; hits are ordered by what the explanations sum up to, ties
  /// by id.
  ///
  /// - Returns: A verdict for each candidate, in the candidates' order, their scores all by the
  ///   same formula and under the same name. A score that is not a number is not relevant.
  func judge(_ candidates: [Candidate], in search: SearchContext) -> [Verdict]

  /// Judges wholes by their pieces that are relevant.
  ///
  /// - Parameter wholes: Every whole of which there is a relevant piece.
  /// - Returns: A verdict for each, in their order.
  func judge(wholes: [FoundWhole], in search: SearchContext) -> [Verdict]

  /// How many of each leg's hits it judges.
  func depth(for limit: Int) -> SearchDepth

  /// Of how many of the best candidates the neighbours in their wholes are candidates, too.
  var neighbouredCount: Int { get }

  /// Whether records of a time that the question names are candidates, however far the legs place
  /// them; see ``Evidence/time``.
  var prefersAskedTimes: Bool { get }

  /// Where the best hit is less relevant, nothing is.
  var leastRelevance: Double { get }

  /// Where the best hit is as relevant, it probably answers; nil where nobody can tell.
  var likelyRelevance: Double? { get }

  /// Whether hits that say nearly the same are folded into the best of them; see
  /// ``Recall/Hit/copies``.
  var foldsCopies: Bool { get }

  /// Whether a reranker, where there is one, scores the best candidates once more.
  var allowsReranking: Bool { get }

  /// How long a reranker is waited for; nil is what the retriever waits.
  var rerankingTime: Duration? { get }

  /// What the policy's scores of the best candidates and a reranker's make together.
  ///
  /// - Parameters:
  ///   - coarse: The policy's own scores, best first; at least one.
  ///   - close: The reranker's, in the same order.
  /// - Returns: A score for each, in the same order.
  func combined(coarse: [Double], close: [Double]) -> [Double]
}

extension ScoringPolicy {
  /// As relevant as the best piece.
  public func judge(wholes: [FoundWhole], in search: SearchContext) -> [Verdict] {
    wholes.map { .relevant($0.best.relevance, $0.best.explanation) }
  }

  /// 60, and deeper below these where that is not enough.
  public func depth(for limit: Int) -> SearchDepth { .rounds(of: 60) }
  /// None.
  public var neighbouredCount: Int { 0 }
  /// No.
  public var prefersAskedTimes: Bool { false }
  /// Whatever it is.
  public var leastRelevance: Double { -.infinity }
  /// Nobody can tell.
  public var likelyRelevance: Double? { nil }
  /// Every hit stands for itself.
  public var foldsCopies: Bool { false }
  /// It does.
  public var allowsReranking: Bool { true }
  /// As long as the retriever waits.
  public var rerankingTime: Duration? { nil }
  /// The reranker's.
  public func combined(coarse: [Double], close: [Double]) -> [Double] { close }
}

/// How deep the legs of a search go.
public enum SearchDepth: Hashable, Sendable {
  /// So deep, and no deeper.
  case once(Int)
  /// So deep first. Where that gives too few hits, four times as deep, and so on; what is found
  /// then comes below what was found before, so that the first hits are the same for every limit.
  case rounds(of: Int)
}

/// What a policy says of one candidate.
public enum Verdict: Hashable, Sendable {
  /// It is relevant, and why so much. A larger score of the explanation is never less relevant.
  case relevant(Relevance, Explanation)
  /// It is not relevant, and why.
  case dropped(String)
}

/// A policy that looks at one candidate at a time.
///
/// ```swift
/// struct ImportantFirst: PointwisePolicy {
///   func relevance(
///     of evidence: Evidence, record: Record, in search: SearchContext
///   ) -> Relevance? {
///     let similarity = Double(evidence.similarity?.value ?? 0)
///     return Relevance(similarity + Double(record.importance), policy: "important")
///   }
/// }
/// ```
public protocol PointwisePolicy: ScoringPolicy {
  /// The relevance of one candidate.
  ///
  /// - Parameters:
  ///   - evidence: What the legs say of it.
  ///   - record: Its record, as it is now.
  ///   - search: What is the same for every candidate.
  /// - Returns: The score with the name of the formula; nil where the candidate is not relevant.
  func relevance(of evidence: Evidence, record: Record, in search: SearchContext) -> Relevance?
}

extension PointwisePolicy {
  /// Asks for each candidate's relevance.
  public func judge(_ candidates: [Candidate], in search: SearchContext) -> [Verdict] {
    candidates.map { candidate in
      let relevance = relevance(
        of: candidate.evidence, record: candidate.record, in: search)
      guard let relevance else { return .dropped("not relevant by the policy") }
      return .relevant(relevance, Explanation(relevance.policy, relevance.value))
    }
  }
}
