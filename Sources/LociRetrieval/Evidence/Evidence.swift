public import LociCore

/// What the legs say of one candidate, before its record is read and anything is judged.
public struct Evidence: Hashable, Sendable {
  /// The candidate's record.
  public let id: RecordID
  /// The cosine with the question, of a long text that of its beginning; nil where the record has
  /// no vector yet or none was compared.
  public var similarity: Similarity?
  /// Of a text that is longer than the model reads, how near its parts come to the question; nil
  /// where it has one vector, or none was compared.
  public var parts: PartSimilarity?
  /// The engine's own score of the question's words in the record; nil where it was not found by
  /// words.
  public var words: Double?
  /// What the record holds of the question's telling words.
  public var coverage = LexicalMatch.Coverage()
  /// How the record spells the question's joined words; nil where it does not hold them.
  public var spelling: LexicalMatch.Spelling?
  /// How near it is to the time that the question names; nil where that names none.
  public var time: TimeMatch?
  /// Its place in each leg that found it, in the order of the legs.
  public var placements: [Recall.Placement] = []

  /// How near the parts of a long text come to the question.
  public struct PartSimilarity: Hashable, Sendable {
    /// The cosine of the nearest part.
    public let nearest: Similarity
    /// How many parts there are; 2…32.
    public let count: Int

    /// Names what the parts say.
    public init(nearest: Similarity, count: Int) {
      self.nearest = nearest
      self.count = count
    }
  }

  /// Makes evidence that says nothing yet.
  public init(_ id: RecordID) { self.id = id }

  /// The share of a question that a record must hold that can't be compared with it: half of its
  /// telling words, of which a rare one weighs more.
  static let enoughWords = 0.5

  /// Whether it is close enough, or holds an identifier or every word of the question; and what
  /// can't be compared, such as a text whose embedding is still to come, holds enough words.
  ///
  /// - Parameter minimum: How close is close enough; nil makes everything relevant.
  public func isRelevant(minimum: Similarity?) -> Bool {
    guard let minimum, spelling == nil else { return true }
    // What is left of a sum of rounded weights.
    guard let similarity else { return coverage.weight >= Self.enoughWords - 1e-9 }
    return similarity >= minimum || coverage.count >= 1
  }
}
