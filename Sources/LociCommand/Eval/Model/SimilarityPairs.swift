package import Loci

/// Pairs of sentences that people scored for similarity, as in STS-B.
package struct SimilarityPairs: Sendable {
  /// The first sentences.
  package private(set) var left: [String] = []
  /// The second sentences.
  package private(set) var right: [String] = []
  /// How similar people found them.
  package private(set) var scores: [Double] = []

  /// Reads a tab-separated file with the columns score, sentence1 and sentence2.
  package init(path: String) throws {
    let table = try TabSeparated(path: path)
    let score = try table.place(of: "score")
    let first = try table.place(of: "sentence1")
    let second = try table.place(of: "sentence2")
    while let row = try table.next() {
      scores.append(try row.number(at: score))
      left.append(row.fields[first])
      right.append(row.fields[second])
    }
  }
}

/// How well cosines of sentence pairs agree with people's scores.
package struct SimilarityReport: Sendable {
  /// How many pairs there were.
  package let count: Int
  /// Spearman's rho of cosine and score.
  package let spearman: Double?
  /// Pearson's r of cosine and score.
  package let pearson: Double?

  /// Embeds the pairs and compares.
  package init(
    _ pairs: SimilarityPairs, embedder: any Embedder, progress: (Int) -> Void
  ) async throws {
    var cosines: [Double] = []
    for start in stride(from: 0, to: pairs.scores.count, by: 512) {
      let window = start..<min(start + 512, pairs.scores.count)
      let texts = Array(pairs.left[window] + pairs.right[window])
      let vectors = try await embedder.embed(texts, as: .passage).map(\.vector)
      for index in 0..<window.count {
        cosines.append(Self.cosine(vectors[index], vectors[index + window.count]))
      }
      progress(window.upperBound)
    }
    count = pairs.scores.count
    spearman = Correlation.spearman(cosines, pairs.scores)
    pearson = Correlation.pearson(cosines, pairs.scores)
  }

  // In double precision: rounding to float would make ties that are none.
  private static func cosine(_ left: UnitVector, _ right: UnitVector) -> Double {
    zip(left.components, right.components).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
}
