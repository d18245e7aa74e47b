import Foundation

/// How well a record fits a query by its words: BM25, with something added for words that stand
/// together as in the query.
///
///     idf(n) = ln(1 + (N − n + ½) / (n + ½))
///     sat(f) = f · (k₁ + 1) / (f + k₁ · (1 − b + b · length / mean length))
///     score  = Σ terms idf(n) · sat(f)
///            + together · Σ pairs min(idf of both) · sat(times that they stand together)
///            + together · Σ joined idf(n) · sat(f)
///
/// S. Robertson and H. Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009; the
/// idf, which is never negative, as in Lucene. Pairs of neighbouring words as by D. Metzler and W.
/// B. Croft, A Markov Random Field Model for Term Dependencies, 2005, weighed by what is known of
/// the words already, as by S. Büttcher and others, Term Proximity Scoring for Ad-Hoc Retrieval on
/// Very Large Text Collections, 2006. What is joined as in prose (`long-term`) counts so besides
/// its words.
public struct BM25: Hashable, Sendable {
  /// How soon more of the same word adds little; at least 0.
  public var k1: Double
  /// How much a long record needs more, 0…1.
  public var b: Double
  /// What it counts that words stand together, against a word as rare; at least 0.
  public var togetherWeight: Double

  /// Takes the constants; by default those of ``standard``.
  public init(k1: Double = 1.2, b: Double = 0.75, togetherWeight: Double = 0.8) {
    (self.k1, self.b, self.togetherWeight) = (k1, b, togetherWeight)
  }

  /// What every store ranks by. `k1` and `b` are usual; with a small `b`, long turns of dialogues
  /// win. What words count that stand together was measured; see docs/quality.md.
  public static let standard = BM25()

  /// How rare a word is that so many of the records hold.
  public static func rarity(ofHolders count: Int, of recordCount: Int) -> Double {
    let others = max(0, Double(recordCount) - Double(count))
    return log(1 + (others + 0.5) / (Double(count) + 0.5))
  }

  /// The score of a record; at least 0. Complexity: O(terms + pairs).
  public func score(_ frequencies: WordFrequencies, in statistics: WordStatistics) -> Double {
    WordScorer(self, statistics).score(frequencies)
  }
}

/// ``BM25`` for the records of one search.
package struct WordScorer: Sendable {
  /// What is added to a count below the line, for a record without words and for each word.
  package let damping: (least: Double, perWord: Double)
  /// What is multiplied with n / (n + damping) for each term, and for each pair after them.
  package let weights: [Double]
  private let termCount: Int

  /// Weighs the terms and pairs of a search.
  package init(_ bm25: BM25 = .standard, _ statistics: WordStatistics) {
    let mean = statistics.meanLength
    // Where no record counts, each is as long as it should be.
    damping =
      mean > 0 ? (bm25.k1 * (1 - bm25.b), bm25.k1 * bm25.b / mean) : (bm25.k1, 0)
    let rarities = statistics.holders.map {
      BM25.rarity(ofHolders: $0, of: statistics.recordCount)
    }
    let together = bm25.togetherWeight
    let terms = rarities.enumerated().map { place, rarity in
      statistics.joined.contains(place) ? together * rarity : rarity
    }
    let pairs = statistics.pairs.map { together * min(rarities[$0.first], rarities[$0.second]) }
    weights = (terms + pairs).map { $0 * (bm25.k1 + 1) }
    termCount = terms.count
  }

  /// The score of a record; at least 0. Complexity: O(terms + pairs).
  package func score(_ frequencies: WordFrequencies) -> Double {
    let damping = damping.least + damping.perWord * Double(frequencies.length)
    var score = 0.0
    func add(_ counts: [Int], from start: Int) {
      for (index, count) in counts.enumerated() where count > 0 && start + index < weights.count {
        score += weights[start + index] * Double(count) / (Double(count) + damping)
      }
    }
    add(frequencies.terms, from: 0)
    add(frequencies.pairs, from: termCount)
    return score
  }
}
