import Foundation
import Loci
import LociCommand
import Testing

@Suite("Measures of quality")
struct MetricTests {
  @Test("Ties share the average of their ranks")
  func ranks() {
    #expect(Correlation.ranks([3, 1, 3, 2]) == [3.5, 1, 3.5, 2])
    #expect(Correlation.ranks([5, 5, 5]) == [2, 2, 2])
    #expect(Correlation.ranks([]) == [])
  }

  @Test("Correlations agree with values computed by hand")
  func correlation() throws {
    // Deviations (-2,-1,0,1,2) and (-1.2,-2.2,0.8,-0.2,2.8): 10 / sqrt(10 · 14.8).
    let r = try #require(Correlation.pearson([1, 2, 3, 4, 5], [2, 1, 4, 3, 6]))
    #expect(abs(r - 10 / (10 * 14.8).squareRoot()) < 1e-12)
    // Ranks (1,2,3,4,5) and (2,1,4,3,5): 1 − 6·4 / (5·24).
    let rho = try #require(Correlation.spearman([1, 2, 3, 4, 5], [2, 1, 4, 3, 6]))
    #expect(abs(rho - 0.8) < 1e-12)
    // Ranks (1, 2.5, 2.5, 4) and (1, 2, 3, 4): 4.5 / sqrt(4.5 · 5).
    let tied = try #require(Correlation.spearman([1, 2, 2, 3], [1, 2, 3, 4]))
    #expect(abs(tied - 4.5 / (4.5 * 5).squareRoot()) < 1e-12)
  }

  @Test("Spearman sees only the order, and turns its sign with it")
  func monotonic() throws {
    let left = (0..<50).map { Double(($0 * 37) % 50) }
    let grown = left.map { exp($0 / 10) }
    let rho = try #require(Correlation.spearman(left, grown))
    #expect(abs(rho - 1) < 1e-12)
    let turned = try #require(Correlation.spearman(left, grown.map { -$0 }))
    #expect(abs(turned + 1) < 1e-12)
  }

  @Test("What does not vary has no correlation")
  func constant() {
    #expect(Correlation.pearson([1, 1], [1, 2]) == nil)
    #expect(Correlation.pearson([1], [1]) == nil)
    #expect(Correlation.pearson([], []) == nil)
  }

  @Test("nDCG agrees with a value computed by hand")
  func nDCG() {
    let grades = ["a": 2, "b": 1, "c": 1, "d": 0]
    // Gains 1, 0, 2 at ranks 1, 2, 3: 1/1 + 2/2 = 2. Ideal 2, 1, 1: 2 + 1/log2(3) + 1/2.
    let expected = 2 / (2.5 + 1 / log2(3))
    let found = RankingMetrics.nDCG(["b", "x", "a"], grades: grades, depth: 10)
    #expect(abs(found - expected) < 1e-12)
    #expect(RankingMetrics.nDCG(["a", "b", "c"], grades: grades, depth: 10) == 1)
    #expect(RankingMetrics.nDCG(["a"], grades: grades, depth: 1) == 1)
    #expect(RankingMetrics.nDCG(["d", "x"], grades: grades, depth: 10) == 0)
    #expect(RankingMetrics.nDCG(["a"], grades: ["b": 0], depth: 10) == 0)
    #expect(RankingMetrics.nDCG(["a"], grades: ["a": 1, "b": -1], depth: 10) == 1)
  }

  @Test("Recall is the share of what is relevant among the first hits")
  func recall() {
    let relevant: Set = ["a", "b", "c", "d"]
    #expect(RankingMetrics.recall(["a", "x", "b"], relevant: relevant, depth: 2) == 0.25)
    #expect(RankingMetrics.recall(["a", "x", "b"], relevant: relevant, depth: 10) == 0.5)
    #expect(RankingMetrics.recall([], relevant: relevant, depth: 10) == 0)
    #expect(RankingMetrics.recall(["a"], relevant: [], depth: 10) == nil)
  }

  @Test("Any and all are shares of questions, and hit@1 is any of the first")
  func anyAndAll() {
    let relevant: Set = ["a", "b"]
    #expect(RankingMetrics.any(["x", "a"], relevant: relevant, depth: 1) == 0)
    #expect(RankingMetrics.any(["x", "a"], relevant: relevant, depth: 5) == 1)
    #expect(RankingMetrics.all(["x", "a"], relevant: relevant, depth: 5) == 0)
    #expect(RankingMetrics.all(["b", "x", "a"], relevant: relevant, depth: 5) == 1)
    #expect(RankingMetrics.all(["b", "x", "a"], relevant: relevant, depth: 2) == 0)
    #expect(RankingMetrics.any(["a"], relevant: [], depth: 1) == nil)
    #expect(RankingMetrics.all(["a"], relevant: [], depth: 1) == nil)
  }

  @Test("The reciprocal rank is that of the first relevant hit")
  func reciprocalRank() {
    #expect(RankingMetrics.reciprocalRank(["x", "y", "b", "a"], relevant: ["a", "b"]) == 1.0 / 3)
    #expect(RankingMetrics.reciprocalRank(["a"], relevant: ["a", "b"]) == 1)
    #expect(RankingMetrics.reciprocalRank(["x"], relevant: ["a"]) == 0)
    #expect(RankingMetrics.reciprocalRank(["x"], relevant: []) == nil)
  }

  @Test("What survives packing is a share of what was found, and nothing of nothing")
  func survival() {
    let ranking = ["a", "x", "b", "c"]
    let relevant: Set = ["a", "b", "c", "d"]
    let packed: Set = ["a", "c", "x", "d"]
    func share(_ depth: Int) -> Double? {
      RankingMetrics.survival(ranking, relevant: relevant, packed: packed, depth: depth)
    }
    #expect(share(1) == 1)
    #expect(share(3) == 0.5)
    #expect(share(10) == 2.0 / 3)
    #expect(RankingMetrics.survival(["x"], relevant: ["a"], packed: ["a"], depth: 10) == nil)
  }

  @Test("Every measure of one ranking agrees with what is computed by hand")
  func measures() throws {
    let ids = try ["a", "b", "c", "x", "y"].map { try RecordID($0) }
    let grades = [ids[0]: 1, ids[1]: 1, ids[2]: 0]
    let ranking = [ids[3], ids[0], ids[4], ids[2]]
    let expected: [(Measure, Double)] = [
      (.recall(1), 0), (.recall(5), 0.5), (.any(1), 0), (.any(5), 1), (.all(5), 0),
      (.reciprocalRank, 0.5), (.nDCG(10), (1 / log2(3)) / (1 + 1 / log2(3))),
    ]
    for (measure, value) in expected {
      let found = try #require(measure.value(of: ranking, grades: grades))
      #expect(abs(found - value) < 1e-12, "\(measure.name)")
    }
    // A judgement of 0 is no evidence.
    #expect(Measure.recall(5).value(of: ranking, grades: [ids[2]: 0]) == nil)
    #expect(
      Measure.printed(upTo: 50).map(\.name).prefix(8) == [
        "hit_at_1", "mrr", "ndcg_at_10", "recall_at_1", "recall_at_5", "recall_at_10",
        "recall_at_25", "recall_at_50",
      ])
    #expect(Measure.printed(upTo: 100).map(\.name).contains("recall_at_100"))
    #expect(!Measure.printed(upTo: 50).map(\.name).contains("recall_at_100"))
  }

  @Test("The tokenizer's first mismatch is named by row and place")
  func tokenizer() {
    let rows: [TokenizedTexts.Row] = [
      .init(text: "a", ids: [7]), .init(text: "a", ids: [1, 7, 2]), .init(text: "", ids: []),
      .init(text: "a", ids: [1, 8, 2]), .init(text: "a", ids: [9]),
    ]
    let report = TokenizerReport(rows) {
      $0.isEmpty ? [] : [7]
    } whole: {
      $0.isEmpty ? [1, 2] : [1, 7, 2]
    }
    #expect(report.rowCount == 5)
    #expect(report.matchCount == 3)
    #expect(report.firstMismatch?.row == 4)
    #expect(report.firstMismatch?.position == 1)
    #expect(report.firstMismatch?.actual == [1, 7, 2])
  }
}
