import Foundation
import LociCore

/// A search by words: BM25 (Robertson and Zaragoza, 2009) with k₁ = 1.2 and b = 0.75 over the
/// records of one namespace.
struct WordSearch {
  private let terms: [QueryTerms.Term]
  /// Joined words that not too many records hold.
  private let phrases: [Identifier.Phrase]
  private let rows: [StoredRecord]

  init(_ query: String, among rows: [StoredRecord]) {
    let query = QueryTerms(query)
    terms = query.terms
    let phrases: [Identifier.Phrase] = query.identifiers.flatMap(\.phrases)
      .map { ($0.tokens.map(Words.stem), $0.spelling) }
    self.phrases = phrases.filter { phrase in
      let holders = rows.count { $0.count(of: phrase.tokens) > 0 }
      return holders <= Identifier.maximumHolders(phrase, of: rows.count)
    }
    self.rows = rows
  }

  /// The best records that pass the filter; ties by id. Complexity: O(terms × words).
  func best(_ limit: Int, where filter: Filter) -> [LexicalMatch] {
    guard !terms.isEmpty, !rows.isEmpty else { return [] }
    let stems = terms.map { $0.tokens.map(Words.stem) }
    let counts = rows.map { row in stems.map(row.count) }
    let holders = terms.indices.map { term in counts.count { $0[term] > 0 } }
    let coverage = QueryCoverage(terms, holders: holders, of: rows.count)
    let weights = zip(terms, holders).map { $0.isTelling ? weight(ofTermHeldBy: $1) : 0 }
    let meanLength = Double(rows.reduce(0) { $0 + $1.words.count }) / Double(rows.count)
    var matches: [LexicalMatch] = []
    for (row, counts) in zip(rows, counts) {
      let held = counts.map { $0 > 0 }
      let spelling = spelling(in: row)
      guard zip(terms, held).contains(where: { $0.isTelling && $1 }) || spelling != nil,
        filter.matches(VectorAttributes(of: row.record))
      else { continue }
      let share = coverage.share(of: held)
      matches.append(
        LexicalMatch(
          id: row.record.id,
          score: score(counts, weights, length: Double(row.words.count) / meanLength),
          named: "bm25", coverage: share,
          spelling: spelling))
    }
    return Array(matches.sorted(by: LexicalMatch.ranksBefore).prefix(limit))
  }

  private func spelling(in row: StoredRecord) -> LexicalMatch.Spelling? {
    phrases.filter { row.count(of: $0.tokens) > 0 }.map(\.spelling).max()
  }

  private func weight(ofTermHeldBy count: Int) -> Double {
    let (records, holders) = (Double(rows.count), Double(count))
    return log(1 + (records - holders + 0.5) / (holders + 0.5))
  }

  /// The score of a record of a length, in mean lengths.
  private func score(_ counts: [Int], _ weights: [Double], length: Double) -> Double {
    let damping = 1.2 * (0.25 + 0.75 * length)
    return zip(counts, weights).reduce(0) { score, term in
      score + term.1 * 2.2 * Double(term.0) / (Double(term.0) + damping)
    }
  }
}
