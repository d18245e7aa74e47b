import Foundation
package import LociCore

/// Runs the same random operations on a store and on a ``SimulatedVectorStore`` and compares
/// answers.
package enum VectorStoreDifferential {
  private static let space = Samples.space(dimension: 8)

  /// Throws ``BrokenPromise`` at the first difference; the same seed gives the same run.
  package static func run(
    seed: UInt64, steps: Int, _ open: Promise<any VectorStore>.Opener
  ) async throws {
    var generator = SeededGenerator(seed: seed)
    let exact = SimulatedVectorStore()
    var store = try await open()
    let namespaces = [try Namespace("one"), try Namespace("two")]
    try await store.ensure(space)
    for step in 0..<steps {
      let namespace = namespaces[Int.random(in: 0...1, using: &generator)]
      switch Int.random(in: 0..<10, using: &generator) {
      case 0..<3:
        let batch = try entries(in: namespace, using: &generator)
        try await store.upsert(batch, in: space)
        try await exact.upsert(batch, in: space)
      case 3:
        let ids = try (0..<3).map { _ in try id(using: &generator) }
        let expected = try await exact.delete(ids, namespace: namespace, in: space)
        try expect(
          try await store.delete(ids, namespace: namespace, in: space), expected,
          "seed \(seed), step \(step), deleted")
      case 4: store = try await open()
      default:
        let filter = Samples.filter(on: namespace, using: &generator)
        try await compare(
          store, exact, filter, "seed \(seed), step \(step), \(filter)", using: &generator)
      }
    }
  }

  private static func compare(
    _ store: any VectorStore, _ exact: SimulatedVectorStore, _ filter: Scope, _ what: String,
    using generator: inout SeededGenerator
  ) async throws {
    let query = try Samples.vector(dimension: 8, using: &generator)
    let limit = Int.random(in: 1...20, using: &generator)
    let found = try await store.search(query, in: space, limit: limit, where: filter)
    let expected = try await exact.search(query, in: space, limit: limit, where: filter)
    try expect(found.map(\.id), expected.map(\.id), what)
    for (left, right) in zip(found, expected) {
      try expect(abs(left.similarity.value - right.similarity.value) < 1e-6, true, what)
    }
    try expect(
      try await store.count(in: space, where: filter),
      try await exact.count(in: space, where: filter), what)
  }

  private static func entries(
    in namespace: Namespace, using generator: inout SeededGenerator
  ) throws -> [VectorEntry] {
    try (0..<Int.random(in: 1...12, using: &generator)).map { _ in
      let attributes = try Samples.attributes(in: namespace, using: &generator)
      let id = try id(using: &generator)
      return VectorEntry(
        id: id, part: Int.random(in: 0..<3, using: &generator),
        contentHash: ContentHash(of: id.text),
        vector: try Samples.vector(dimension: 8, using: &generator), attributes: attributes)
    }
  }

  private static func id(using generator: inout SeededGenerator) throws -> RecordID {
    try RecordID("id\(Int.random(in: 0..<120, using: &generator))")
  }
}
