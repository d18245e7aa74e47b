/// A hit of the lexical leg.
public struct LexicalMatch: Hashable, Sendable {
  /// What a record holds of a query's telling words. Question words, articles and their like count
  /// only where the query has no others.
  public struct Coverage: Hashable, Sendable {
    /// The share of the distinct words, 0…1.
    public var count: Double
    /// For each telling word, in the query's order, its weight over that of all: a rare one weighs
    /// more. 0 where the record does not hold it.
    public var terms: [Double]

    /// The share of the words by weight, 0…1.
    public var weight: Double { terms.reduce(0, +) }

    /// Says what is held; by default nothing.
    public init(count: Double = 0, terms: [Double] = []) {
      self.count = count
      self.terms = terms
    }

    /// What either of two records holds of the same query; their count is not known.
    package func union(_ other: Coverage) -> Coverage {
      guard terms.count == other.terms.count else { return terms.isEmpty ? other : self }
      return Coverage(count: max(count, other.count), terms: zip(terms, other.terms).map(max))
    }
  }

  /// How a record spells an identifier of a query: an address, a version, a name in code; the best
  /// is the largest. It goes before every score, and makes the record relevant, whatever else the
  /// query says.
  public enum Spelling: Int, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// Its words in their order, joined by whatever, or within a longer one. The number is what
    /// policies have always counted for it.
    case identifierInOrder = 3
    /// As it is written in the query, whatever the case.
    case identifierAsWritten

    /// Orders by how well the spelling fits.
    public static func < (left: Spelling, right: Spelling) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  /// The record.
  public let id: RecordID
  /// What it holds of the query.
  public let frequencies: WordFrequencies
  /// What is the same for all matches of the search.
  public let statistics: WordStatistics
  /// What of the query it holds.
  public let coverage: Coverage
  /// How the record spells the query's identifiers; nil where it does not hold them.
  public let spelling: Spelling?
  /// The score of ``BM25/standard``, by which stores cut to a limit.
  public let score: Double

  /// Makes a match.
  public init(
    id: RecordID, _ frequencies: WordFrequencies, in statistics: WordStatistics,
    coverage: Coverage, spelling: Spelling? = nil
  ) {
    self.id = id
    self.frequencies = frequencies
    self.statistics = statistics
    self.coverage = coverage
    self.spelling = spelling
    score = BM25.standard.score(frequencies, in: statistics)
  }

  /// Best first; ties by id. The order is total.
  public static func ranksBefore(_ left: LexicalMatch, _ right: LexicalMatch) -> Bool {
    let (spelling, other) = (left.spelling?.rawValue ?? 0, right.spelling?.rawValue ?? 0)
    guard spelling == other else { return spelling > other }
    return left.score != right.score ? left.score > right.score : left.id < right.id
  }
}
