public import Foundation
public import LociCore

/// What is the same for every candidate of one search.
public struct SearchContext: Hashable, Sendable {
  /// The mode that is used, which may not be the one that was asked for.
  public var mode: RecallMode
  /// The names of the legs that answered.
  public var legs: [String]
  /// Whether some candidate holds joined words of the question, such as an address or a version.
  public var holdsJoinedWords: Bool
  /// The share of the question's telling words that are such joined words, 0…1.
  public var identifierShare: Double
  /// What is less similar is not relevant; nil keeps all. See ``Evidence/isRelevant(minimum:)``.
  public var minimumSimilarity: Similarity?
  /// When the question is asked: what a record's age is counted to.
  public var time: Date

  /// How old a record is, in days; 0 where it comes from the future, as after a clock went back.
  public func ageInDays(of record: Record) -> Double {
    max(0, time.timeIntervalSince(record.createdAt) / 86_400)
  }

  /// Describes a search.
  public init(
    mode: RecallMode, legs: [String], holdsJoinedWords: Bool = false,
    identifierShare: Double = 1,
    minimumSimilarity: Similarity? = nil, time: Date
  ) {
    self.mode = mode
    self.legs = legs
    self.holdsJoinedWords = holdsJoinedWords
    self.identifierShare = identifierShare
    self.minimumSimilarity = minimumSimilarity
    self.time = time
  }
}
