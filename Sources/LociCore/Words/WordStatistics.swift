/// What is the same for all records that a search by words looks at: those of one namespace that a
/// recall sees by default, which are the active ones. What is archived or forgotten changes no
/// score, and is scored as they are where it is asked for.
public struct WordStatistics: Hashable, Sendable {
  /// How many records count.
  public let recordCount: Int
  /// How many words they have on average, headings included; 0 where there are none.
  public let meanLength: Double
  /// For each telling term of the query, in its order, how many of them hold it.
  public let holders: [Int]
  /// Which two terms are neighbours in the query, by their places among the terms.
  public let pairs: [WordPair]
  /// Which terms are joined words as in prose, and count besides their words.
  public let joined: Set<Int>

  /// Takes counts.
  ///
  /// - Parameters:
  ///   - recordCount: How many records count, at least 0.
  ///   - totalLength: How many words they have together, at least 0.
  ///   - holders: How many of them hold each term; no more than there are.
  ///   - pairs: Of places in `holders`; others are left out.
  ///   - joined: Places in `holders`.
  public init(
    recordCount: Int, totalLength: Int, holders: [Int], pairs: [WordPair] = [],
    joined: Set<Int> = []
  ) {
    self.recordCount = recordCount
    meanLength = recordCount > 0 ? Double(totalLength) / Double(recordCount) : 0
    self.holders = holders
    self.pairs = pairs.filter {
      holders.indices.contains($0.first) && holders.indices.contains($0.second)
    }
    self.joined = joined
  }

  /// Which records count.
  package static let counted = Filter()
}

/// What one record holds of a query's words.
public struct WordFrequencies: Hashable, Sendable {
  /// How many words it has, its heading included.
  public var length: Int
  /// How often it holds each telling term, in the query's order.
  public var terms: [Int]
  /// How often it holds each of ``WordStatistics/pairs`` close together, in that order.
  public var pairs: [Int]

  /// Takes counts.
  public init(length: Int, terms: [Int], pairs: [Int] = []) {
    (self.length, self.terms, self.pairs) = (length, terms, pairs)
  }
}
