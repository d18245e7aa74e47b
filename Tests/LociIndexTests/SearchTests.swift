import LociCore
import LociIndex
import LociTestKit
import Testing

@Suite("Search")
struct SearchTests {
  @Test(
    "A search returns what a scan in double precision returns, ties included",
    arguments: VectorData.allCases, [1, 2, 3, 7, 32, 63, 64, 65, 100, 128, 384, 769])
  func exactness(data: VectorData, dimension: Int) throws {
    var generator = SeededGenerator(seed: UInt64(dimension))
    let vectors = try data.make(700, dimension: dimension, using: &generator)
    let index = try filled(vectors)
    for limit in [1, 10, 100] {
      let random = try randomUnitVector(dimension, using: &generator)
      let close = try near(vectors[limit], noise: 0.3, using: &generator)
      for query in [random, close, vectors[limit]] {
        try expectExact(index, vectors: labelled(vectors), query: query, limit: limit)
      }
    }
  }

  @Test("A search of a large index is exact too", arguments: VectorData.allCases)
  func largeExactness(data: VectorData) throws {
    var generator = SeededGenerator(seed: 7)
    let vectors = try data.make(24_000, dimension: 96, using: &generator)
    let index = try filled(vectors)
    for round in 0..<10 {
      let random = try randomUnitVector(96, using: &generator)
      let close = try near(vectors[round * 1000], noise: 0.5, using: &generator)
      for query in [random, close] {
        try expectExact(index, vectors: labelled(vectors), query: query, limit: 10)
      }
    }
  }
}

func labelled(_ vectors: [UnitVector]) -> [Int64: UnitVector] {
  Dictionary(uniqueKeysWithValues: vectors.enumerated().map { (Int64($0.offset), $0.element) })
}

func filled(_ vectors: [UnitVector]) throws -> VectorIndex {
  let index = try VectorIndex(dimension: vectors[0].dimension)
  for (label, vector) in vectors.enumerated() {
    try index.insert(index.quantizer.code(for: vector), label: Int64(label))
  }
  return index
}

func expectExact(
  _ index: VectorIndex, vectors: [Int64: UnitVector], query: UnitVector, limit: Int,
  among candidates: Candidates = .all, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let expected = try reference(query, in: vectors, limit: limit)
  let found = try index.search(query, limit: limit, among: candidates) { labels in
    labels.map { vectors[$0]?.components }
  }
  #expect(found.map(\.id) == expected.map(\.label), sourceLocation: sourceLocation)
  #expect(
    zip(found, expected).allSatisfy { abs($0.similarity.value - $1.similarity.value) < 1e-6 },
    sourceLocation: sourceLocation)
}
