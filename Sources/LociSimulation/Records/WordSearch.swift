import Foundation
import LociCore

/// A search by words: BM25 (Robertson and Zaragoza, 2009) with k₁ = 1.2 and b = 0.75 over the
/// records of one namespace.
struct WordSearch {
  private let terms: [[String]]
  private let rows: [StoredRecord]

  init(_ query: String, among rows: [StoredRecord]) {
    terms = Words.terms(query)
    self.rows = rows
  }

  /// The best records that pass the filter; ties by id. Complexity: O(terms × words).
  func best(_ limit: Int, where filter: Filter) -> [LexicalMatch] {
    guard !terms.isEmpty, !rows.isEmpty else { return [] }
    let counts = rows.map { row in terms.map(row.count) }
    let weights = terms.indices.map { term in
      let holders = Double(counts.count { $0[term] > 0 })
      return log(1 + (Double(rows.count) - holders + 0.5) / (holders + 0.5))
    }
    let meanLength = Double(rows.reduce(0) { $0 + $1.words.count }) / Double(rows.count)
    let matches = zip(rows, counts).compactMap { row, counts -> LexicalMatch? in
      let held = counts.count { $0 > 0 }
      guard held > 0, filter.matches(VectorAttributes(of: row.record)) else { return nil }
      let length = 1.2 * (0.25 + 0.75 * Double(row.words.count) / meanLength)
      let score = zip(counts, weights).reduce(0) { score, term in
        score + term.1 * 2.2 * Double(term.0) / (Double(term.0) + length)
      }
      return LexicalMatch(
        id: row.record.id, score: score, coverage: Double(held) / Double(terms.count))
    }
    return Array(
      matches.sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
        .prefix(limit))
  }
}
