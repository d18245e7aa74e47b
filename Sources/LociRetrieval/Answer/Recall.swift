public import LociCore

/// What a recall found, and how.
public struct Recall: Sendable, Codable {
  /// One found record.
  public struct Hit: Sendable, Codable {
    /// The record; where wholes were asked for, the whole's own record if there is one, and
    /// otherwise its best piece.
    public package(set) var record: Record
    /// How relevant it is: by the standard policy the probability that it answers the question.
    public internal(set) var relevance: Relevance
    /// The cosine with the query; nil where the record has no vector yet or none was compared.
    public let similarity: Similarity?
    /// How the record spells the question's joined words, such as an address or a version; nil
    /// where the question has none, or the record does not hold them.
    public let spelling: LexicalMatch.Spelling?
    /// What each leg said of it.
    public let placements: [Placement]
    /// How its score came about, by which hits are ordered.
    public internal(set) var explanation: Explanation
    /// The spaces in which its vectors were compared with the question, in the order in which they
    /// were; empty where none was.
    public internal(set) var spaces: [EmbeddingSpace] = []
    /// Whether a reranker has looked at it.
    public internal(set) var ranking = Ranking.coarseOnly
    /// Where wholes were asked for, the whole; otherwise nil.
    public internal(set) var whole: RecordID?
    /// Where wholes were asked for, its pieces that were found, best first; otherwise empty.
    public internal(set) var pieces: [RecordID] = []
    /// Records that say nearly the same and are left out for it, best first; of very many, some.
    public internal(set) var copies: [RecordID] = []
    /// How many such records were found.
    public internal(set) var copyCount = 0
    /// The records around it in its whole, in reading order, as many as were asked for.
    public package(set) var neighbours: [Record] = []

    /// What it is known by: the whole where wholes were asked for, and otherwise the record.
    public var id: RecordID { whole ?? record.id }

    /// Best first; ties by id. The order is total.
    static func ranksBefore(_ left: Hit, _ right: Hit) -> Bool {
      let (score, other) = (left.explanation.value, right.explanation.value)
      return score != other ? score > other : left.id < right.id
    }
  }

  /// What became of the closer look at the best candidates.
  public enum Ranking: String, Hashable, Sendable, Codable, CaseIterable {
    /// A reranker scored it, and its order counts.
    case reranked
    /// No reranker was asked.
    case coarseOnly = "coarse_only"
    /// The reranker failed.
    case coarseFallback = "coarse_fallback"
    /// The reranker was late.
    case coarseTimeoutFallback = "coarse_timeout_fallback"
  }

  /// A hit's place in one leg.
  public struct Placement: Hashable, Sendable, Codable {
    /// The leg's name.
    public let leg: String
    /// The place in the leg's list, from 1.
    public let rank: Int
    /// What the score is, in the engine's own word: `cosine`, `bm25`, `ts_rank`.
    public let scoreName: String
    /// The leg's own score.
    public let score: Double

    /// Names a place.
    public init(leg: String, rank: Int, scoreName: String, score: Double) {
      (self.leg, self.rank, self.scoreName, self.score) = (leg, rank, scoreName, score)
    }
  }

  /// What a stage of the work took and gave.
  public struct Stage: Hashable, Sendable, Codable {
    /// The stage's name.
    public let name: String
    /// How long it took.
    public let duration: Duration
    /// How many candidates or records it gave.
    public let count: Int
  }

  /// The hits, best first; ties by id. Empty where nothing is relevant.
  public var hits: [Hit]
  /// Whether the best hit probably answers the question; nil where the policy can't tell. Where it
  /// does not, the hits are merely the nearest that there are.
  public var isLikelyAnswered: Bool?
  /// The mode that was asked for.
  public var modeRequested: RecallMode
  /// The mode that was used.
  public var modeUsed: RecallMode
  /// Why the mode used is not the one asked for.
  public var fallbackReason: String?
  /// Why the hits are in the policy's order, where a reranker should have made another and failed
  /// or was late; nil where it did not.
  public var rerankFailure: String?
  /// What the user should know of this answer: that nothing can be found by meaning here, because
  /// no record has a vector of the model. It names the verb that makes them.
  public var warning: String?
  /// The times that the question names, as they were understood, in its order.
  public var times: [TimeExpression]
  /// The stages, in the order in which they ended.
  public var stages: [Stage]
  /// How many candidates were found but judged not relevant.
  public var droppedCount: Int
  /// Some of these, and why.
  public var dropped: [Dropped]

  /// A candidate that was judged not relevant.
  public struct Dropped: Hashable, Sendable, Codable {
    /// The record's id.
    public let id: RecordID
    /// Why it was dropped; no user's text is in it.
    public let reason: String
  }
}
