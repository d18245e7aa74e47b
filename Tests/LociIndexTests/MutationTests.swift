import LociCore
import LociIndex
import LociTestKit
import Testing

@Suite("Mutation")
struct MutationTests {
  @Test(
    "Inserts, replacements and removals in any order leave what a dictionary would hold",
    arguments: [3, 64, 200], [UInt64(1), 2, 3])
  func interleaved(dimension: Int, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let index = try VectorIndex(dimension: dimension)
    var model: [Int64: UnitVector] = [:]
    for step in 0..<6000 {
      // Labels that collide, are negative, and come in no order.
      let label = Int64.random(in: -1500..<1500, using: &generator) << (step % 2 == 0 ? 0 : 32)
      if Int.random(in: 0..<3, using: &generator) == 0 {
        #expect(index.remove(label) == (model.removeValue(forKey: label) != nil))
      } else {
        let vector = try randomUnitVector(dimension, using: &generator)
        try index.insert(index.quantizer.code(for: vector), label: label)
        model[label] = vector
      }
      if step % 1000 == 999 {
        #expect(index.count == model.count)
        #expect(model.keys.allSatisfy(index.contains))
        let query = try randomUnitVector(dimension, using: &generator)
        try expectExact(index, vectors: model, query: query, limit: 10)
      }
    }
    for label in Array(model.keys) { #expect(index.remove(label)) }
    #expect(index.count == 0)
    #expect(!index.remove(0))
  }

  @Test("An index over several chunks follows removals to the last vector and grows again")
  func chunks() throws {
    var generator = SeededGenerator(seed: 5)
    let vectors = try VectorData.clustered.make(1500, dimension: 3000, using: &generator)
    let index = try filled(vectors)
    var model = labelled(vectors)
    for label in stride(from: Int64(0), to: 1500, by: 3) {
      index.remove(label)
      model[label] = nil
    }
    let query = try near(vectors[1], noise: 0.5, using: &generator)
    try expectExact(index, vectors: model, query: query, limit: 20)
    for label in model.keys { index.remove(label) }
    #expect(index.count == 0)
    #expect(try index.search(query, limit: 1) { _ in [] }.isEmpty)
    try index.insert(index.quantizer.code(for: query), label: 1)
    try expectExact(index, vectors: [1: query], query: query, limit: 5)
    index.removeAll()
    #expect(index.count == 0 && !index.contains(1))
  }

  @Test("Reserving room changes nothing that can be seen")
  func reserve() throws {
    let vector = try UnitVector(normalizing: [1, 2, 3])
    let index = try VectorIndex(dimension: 3)
    index.reserve(10)
    try index.insert(index.quantizer.code(for: vector), label: 4)
    index.reserve(5000)
    index.reserve(0)
    #expect(index.count == 1 && index.contains(4) && !index.contains(0))
  }

  @Test("A code of another dimension is refused and nothing changes")
  func wrongCode() throws {
    let index = try VectorIndex(dimension: 3)
    let code = try Quantizer(dimension: 4).code(for: UnitVector(normalizing: [1, 2, 3, 4]))
    #expect(throws: LociError.self) { try index.insert(code, label: 1) }
    #expect(index.count == 0 && !index.contains(1))
  }
}
