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

  @Test("Thousands of searches find at least 999 of 1000 of the ten best")
  func recall() throws {
    var generator = SeededGenerator(seed: 8)
    var found = 0
    var expected = 0
    for data in [VectorData.uniform, .clustered] {
      let vectors = try data.make(3000, dimension: 64, using: &generator)
      let index = try filled(vectors)
      for _ in 0..<1000 {
        let neighbor = vectors[Int.random(in: 0..<3000, using: &generator)]
        let query = try near(neighbor, noise: 0.8, using: &generator)
        let neighbors = try index.search(query, limit: 10) { labels in
          labels.map { vectors[Int($0)].components }
        }
        let tenth = cosines(query, vectors).sorted(by: >)[9]
        found += neighbors.prefix(10).count { Double($0.similarity.value) >= tenth - 1e-6 }
        expected += 10
      }
    }
    #expect(Double(found) >= 0.999 * Double(expected))
  }

  @Test("A limit beyond the count returns everything, best first")
  func largeLimit() throws {
    var generator = SeededGenerator(seed: 9)
    let vectors = try VectorData.uniform.make(2500, dimension: 70, using: &generator)
    let query = try randomUnitVector(70, using: &generator)
    for limit in [2499, 2500, 2501, .max] {
      try expectExact(
        filled(vectors), vectors: labelled(vectors), query: query, limit: limit)
    }
  }

  @Test("A vector that is gone meanwhile is left out")
  func gone() throws {
    var generator = SeededGenerator(seed: 10)
    let vectors = try VectorData.uniform.make(50, dimension: 16, using: &generator)
    let found = try filled(vectors).search(vectors[3], limit: 1) { labels in
      labels.map { $0 == 3 ? nil : vectors[Int($0)].components }
    }
    #expect(!found.map(\.id).contains(3))
  }

  @Test("Bad arguments and a store's bad answers are errors; a store's own errors pass through")
  func errors() throws {
    struct Unreachable: Error {}
    let vector = try UnitVector(normalizing: [1, 2, 3])
    let index = try filled([vector])
    let short = try UnitVector(normalizing: [1, 2])
    expectCode(.dimensionMismatch) { _ = try index.search(short, limit: 1) { _ in [] } }
    expectCode(.invalidArgument) { _ = try index.search(vector, limit: 0) { _ in [] } }
    expectCode(.corrupt) { _ = try index.search(vector, limit: 1) { _ in [] } }
    expectCode(.corrupt) { _ = try index.search(vector, limit: 1) { _ in [[1, 2]] } }
    #expect(throws: Unreachable.self) {
      _ = try index.search(vector, limit: 1) { _ in throw Unreachable() }
    }
  }
}

/// The cosines of all, in double precision.
private func cosines(_ query: UnitVector, _ vectors: [UnitVector]) -> [Double] {
  vectors.map { vector in
    var sum = 0.0
    for index in 0..<query.dimension {
      sum += Double(query.components[index]) * Double(vector.components[index])
    }
    return sum
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
