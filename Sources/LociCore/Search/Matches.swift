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

extension VectorMatch {
  /// The best match of each record, best first, ties by id. Complexity: O(n log n).
  package static func records(of matches: [VectorMatch]) -> [VectorMatch] {
    var seen: Set<RecordID> = []
    return matches.sorted(by: ranksBefore).filter { seen.insert($0.id).inserted }
  }

  /// The best records of a search that finds parts: it is asked for more of them until there are
  /// enough records, or no more parts.
  ///
  /// - Parameters:
  ///   - limit: The most records.
  ///   - search: Finds the best parts, so many or, where there are ties, more.
  package static func records(
    limit: Int, _ search: (_ count: Int) throws -> [VectorMatch]
  ) rethrows -> [VectorMatch] {
    var count = limit
    while true {
      let parts = try search(count)
      let found = records(of: parts)
      guard parts.count >= count, found.count < limit else { return Array(found.prefix(limit)) }
      count = more(than: count)
    }
  }

  /// How many parts are asked for where so many gave too few records.
  package static func more(than count: Int) -> Int {
    let (more, isTooMuch) = count.multipliedReportingOverflow(by: 4)
    return isTooMuch ? .max : more
  }
}

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

  /// How a record spells joined words of a query, such as an address, a version or a name in code;
  /// the best is the largest. It goes before every score.
  public enum Spelling: Int, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// Joined words that may be prose (`long-term`), in their order.
    case wordsInOrder = 1
    /// The same, as they are written in the query.
    case wordsAsWritten
    /// The words of an identifier in their order, joined by whatever, or within a longer one.
    case identifierInOrder
    /// An identifier as it is written in the query, whatever the case.
    case identifierAsWritten

    /// Whether an identifier is held: then the record is relevant, whatever else the query says.
    public var isIdentifier: Bool { self >= .identifierInOrder }

    /// Orders by how well the spelling fits.
    public static func < (left: Spelling, right: Spelling) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  /// The record.
  public let id: RecordID
  /// The engine's score; larger is better; comparable only within one search and one spelling.
  public let score: Double
  /// What the engine calls its score, e.g. `bm25`.
  public let scoreName: String
  /// What of the query it holds.
  public let coverage: Coverage
  /// How the record spells the query's joined words; nil where it does not hold them.
  public let spelling: Spelling?

  /// Makes a match.
  public init(
    id: RecordID, score: Double, named scoreName: String = "words", coverage: Coverage,
    spelling: Spelling? = nil
  ) {
    self.id = id
    self.score = score
    self.scoreName = scoreName
    self.coverage = coverage
    self.spelling = spelling
  }

  /// Best first; ties by id. The order is total.
  public static func ranksBefore(_ left: LexicalMatch, _ right: LexicalMatch) -> Bool {
    let (spelling, other) = (left.spelling?.rawValue ?? 0, right.spelling?.rawValue ?? 0)
    guard spelling == other else { return spelling > other }
    return left.score != right.score ? left.score > right.score : left.id < right.id
  }
}
