import LociCore
import LociIndex
import LociTestKit
import Testing

@Suite("Filters")
struct FilterTests {
  @Test(
    "A filter runs before the best are chosen: all that were asked for come back, and no others",
    arguments: [VectorData.uniform, .clustered, .duplicates], [0.0005, 0.01, 0.5, 1.0])
  func shares(data: VectorData, share: Double) throws {
    var generator = SeededGenerator(seed: 30)
    let vectors = try data.make(21_000, dimension: 64, using: &generator)
    let index = try filled(vectors)
    let allowed = labelled(vectors).filter { _ in
      Double.random(in: 0..<1, using: &generator) < share
    }
    let labels = Set(allowed.keys)
    for round in 0..<3 {
      let query = try near(vectors[round], noise: 0.5, using: &generator)
      for candidates in [
        Candidates.only(Array(labels)), .only(Array(labels) + Array(labels) + [-1, 1 << 40]),
        .passing { labels.contains($0) },
      ] {
        try expectExact(index, vectors: allowed, query: query, limit: 10, among: candidates)
      }
    }
  }

  @Test("A filter that lets nothing through finds nothing and asks for no vectors")
  func nothing() throws {
    var generator = SeededGenerator(seed: 31)
    let index = try filled(VectorData.uniform.make(3000, dimension: 64, using: &generator))
    let query = try randomUnitVector(64, using: &generator)
    for candidates in [Candidates.only([]), .only([-5]), .passing { _ in false }] {
      let found = try index.search(query, limit: 3, among: candidates) { _ in
        Issue.record("no vectors are needed")
        return []
      }
      #expect(found.isEmpty)
    }
  }
}
