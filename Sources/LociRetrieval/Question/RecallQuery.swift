public import Foundation
public import LociCore

/// What to recall.
public struct RecallQuery: Sendable {
  /// The question or words, as a person would write them.
  public var text: String
  /// Whose records are looked at.
  public var namespace: Namespace
  /// Which legs to walk on.
  public var mode: RecallMode
  /// What is returned: records, or the wholes that they are parts of.
  public var unit: RecallUnit
  /// How widely it is looked.
  public var effort = RecallEffort.normal
  /// How many of its neighbours in its whole come along with each hit, before it and after it;
  /// 0…32.
  public var around: Int
  /// The most hits to return; at least 1.
  public var limit: Int
  /// What is less similar is not relevant, unless it holds an identifier or every telling word of
  /// the query. What can't be compared must hold half of them; see
  /// ``LexicalMatch/Coverage/weight``. Nil keeps all. Another policy than the standard one may
  /// see that otherwise.
  public var minimumSimilarity: Similarity?
  /// Where the best hit is less relevant, the answer is empty; nil is the policy's own
  /// ``ScoringPolicy/leastRelevance``.
  public var leastRelevance: Double?
  /// Which records may be seen.
  public var filter: Filter
  /// What decides which candidates are relevant, and their order.
  public var policy: any ScoringPolicy
  /// When the question is asked, from which "yesterday" is counted; nil is the time at which the
  /// filter asks what was so, or else now.
  public var askedAt: Date?
  /// Whether only records of the time are returned that the question names; see ``AskedTimes``.
  /// Where it names none, ``Recall/warning`` says so.
  public var strictTime = false
  /// Whether hits that say nearly the same all stand for themselves, also where the policy folds
  /// them.
  public var keepsCopies = false
  /// Whether the memory's reranker, where it has one and the policy allows it, looks at the best
  /// candidates once more.
  public var isReranked = true

  /// Makes a query.
  public init(
    _ text: String, in namespace: Namespace, mode: RecallMode = .hybrid,
    unit: RecallUnit = .piece, around: Int = 0, limit: Int = 10, leastRelevance: Double? = nil,
    minimumSimilarity: Similarity? = nil, filter: Filter = Filter(),
    policy: any ScoringPolicy = .standard
  ) {
    self.text = text
    self.namespace = namespace
    self.mode = mode
    self.unit = unit
    self.around = around
    self.limit = limit
    self.leastRelevance = leastRelevance
    self.minimumSimilarity = minimumSimilarity
    self.filter = filter
    self.policy = policy
  }

  /// When the question is asked, where it says nothing of that.
  func moment(_ now: Date) -> Date { askedAt ?? filter.validAt ?? now }

  /// Throws ``LociError/Code/invalidArgument`` for a blank text, a limit outside 1…10,000, or more
  /// than 32 neighbours.
  func validate() throws(LociError) {
    guard (1...Self.maximumLimit).contains(limit) else {
      throw LociError(
        .invalidArgument, "The limit is \(limit); it must be 1 to \(Self.maximumLimit).")
    }
    guard (0...Self.maximumAround).contains(around) else {
      throw LociError(
        .invalidArgument,
        "\(around) neighbours are asked for; it must be 0 to \(Self.maximumAround).")
    }
    guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      throw LociError(.invalidArgument, "The query is empty; there is nothing to look for.")
    }
  }

  /// The most neighbours of a hit on each side.
  public static let maximumAround = 32
  /// The most hits that one recall returns.
  public static let maximumLimit = 10_000
}
