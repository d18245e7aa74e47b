/// A hit of the semantic leg.
public struct VectorMatch: Hashable, Sendable {
  /// The record.
  public let id: RecordID
  /// The cosine of the query's and the record's vectors.
  public let similarity: Similarity

  /// Makes a match.
  public init(id: RecordID, similarity: Similarity) {
    self.id = id
    self.similarity = similarity
  }

  /// Best first; ties by id. The order is total.
  public static func ranksBefore(_ left: VectorMatch, _ right: VectorMatch) -> Bool {
    left.similarity != right.similarity
      ? left.similarity > right.similarity : left.id < right.id
  }
}

/// A hit of the lexical leg.
public struct LexicalMatch: Hashable, Sendable {
  /// The record.
  public let id: RecordID
  /// The engine's score; larger is better; comparable only within one search.
  public let score: Double
  /// The share of the query's distinct words that the record holds, 0…1.
  public let coverage: Double

  /// Makes a match.
  public init(id: RecordID, score: Double, coverage: Double) {
    self.id = id
    self.score = score
    self.coverage = coverage
  }
}
