import LociCore
import LociRetrieval
import LociTestKit
import Testing

@Suite("Reciprocal rank fusion")
struct FusionTests {
  private func ids(_ names: String...) throws -> [RecordID] { try names.map { try RecordID($0) } }

  /// Unites ranked ids and scores them, best first, ties by id.
  private static func fuse(_ legs: [[RecordID]]) -> [(id: RecordID, score: Double)] {
    var found = LegResults()
    for (number, leg) in legs.enumerated() {
      let proposals = leg.map { Proposal(VectorMatch(id: $0, similarity: Similarity(0))) }
      found.add(proposals, of: "leg \(number)")
    }
    return found.united()
      .map { evidence in
        let ranks = evidence.placements.map(\.rank)
        let score = ReciprocalRankFusion().score(ofRanks: ranks, legCount: found.legs.count)
        return (id: evidence.id, score: score)
      }
      .sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
  }

  @Test("Ranks count from 1, k is 60, and the best possible score is 1")
  func formula() throws {
    let fused = Self.fuse([try ids("a", "b"), try ids("a", "c")])
    #expect(fused.map(\.id) == (try ids("a", "b", "c")))
    #expect(fused[0].score == 1)
    let second = (1.0 / 62) / (2.0 / 61)
    #expect(abs(fused[1].score - second) < 1e-12)
    #expect(fused[1].score == fused[2].score)
  }

  @Test("A candidate of one leg is united, never dropped", arguments: 0..<20 as Range<UInt64>)
  func union(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pool = try (0..<40).map { try RecordID("r\($0)") }
    let legs = (0..<3).map { _ in Array(pool.shuffled(using: &generator).prefix(15)) }
    let fused = Self.fuse(legs)
    #expect(Set(fused.map(\.id)) == Set(legs.joined()), "seed \(seed)")
    #expect(fused.map(\.id) == Self.fuse(legs.reversed()).map(\.id))
    #expect(zip(fused, fused.dropFirst()).allSatisfy { $0.score >= $1.score })
  }

  @Test("No legs and empty legs give nothing")
  func empty() {
    #expect(Self.fuse([]).isEmpty)
    #expect(Self.fuse([[], []]).isEmpty)
  }
}
