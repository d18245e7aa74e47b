import Foundation
import LociCore
import LociLance
import LociTestKit
import Testing

@Suite("LanceDB's indexes") struct IndexTests {
  private static let dimension = 64
  private static let count = 12_000
  private let folder: TemporaryFolder
  private let space = Samples.space(dimension: dimension)

  init() throws { folder = try TemporaryFolder() }

  /// Vectors around 60 centres, as those of real texts lie.
  private static func entries(_ count: Int, using generator: inout SeededGenerator) throws
    -> [VectorEntry]
  {
    let centers = try (0..<60).map { _ in
      try Samples.vector(dimension: dimension, using: &generator).components
    }
    return try (0..<count).map { number in
      let center = centers[number % centers.count]
      let vector = try UnitVector(
        normalizing: center.map { $0 + Float.random(in: -0.15...0.15, using: &generator) })
      return try Samples.entry("e\(number)", vector) { attributes in
        attributes.category = number % 100 == 0 ? .decision : .fact
      }
    }
  }

  @Test(
    "An approximate index finds nearly all, new rows too, and filters keep k",
    arguments: LanceIndexKind.allCases)
  func recall(_ kind: LanceIndexKind) async throws {
    var generator = SeededGenerator(seed: 7)
    let entries = try Self.entries(Self.count, using: &generator)
    let store = try await Lance.open(folder.file("lance")) { $0.index = kind }
    try await store.upsert(entries, in: space)
    #expect(store.capabilities.isExact)
    try await store.rebuildIndex(in: space)
    #expect(!store.capabilities.isExact)

    let all = try Samples.everything()
    var found = 0
    let queries = (0..<20).map { entries[$0 * 577].vector }
    for query in queries {
      let nearest =
        try entries
        .map { VectorMatch(id: $0.id, similarity: try query.similarity(to: $0.vector)) }
        .sorted(by: VectorMatch.ranksBefore).prefix(10)
      let matches = try await store.search(query, in: space, limit: 10, where: all)
      #expect(matches.count == 10)
      found += Set(matches.map(\.id)).intersection(nearest.map(\.id)).count
      for match in matches {
        let exact = nearest.first { $0.id == match.id }?.similarity ?? match.similarity
        #expect(abs(match.similarity.value - exact.value) < 1e-6, "cosines are exact always")
      }
    }
    let recall = Double(found) / Double(10 * queries.count)
    print("engine: LanceDB \(kind.rawValue), recall@10 \(recall)")
    #expect(recall > 0.9)

    let new = try Samples.entry("new", UnitVector(normalizing: queries[0].components.map { -$0 }))
    try await store.upsert([new], in: space)
    let met = try await store.search(new.vector, in: space, limit: 1, where: all)
    #expect(met.map(\.id) == [new.id])
    let rare = Scope(namespace: all.namespace, categories: [.decision])
    let few = try await store.search(queries[3], in: space, limit: 120, where: rare)
    #expect(few.count == 120, "1 % of the rows pass")
  }

  @Test("Writes go on while an index is built, in a worker of its own")
  func whileBuilding() async throws {
    var generator = SeededGenerator(seed: 9)
    let starts = folder.file("starts")
    let engine = try Lance.engine(in: folder, startingWith: "echo start >> '\(starts.path)'")
    let store = try await Lance.open(folder.file("lance"), engine: engine) { $0.index = .ivfHNSWSQ }
    try await store.upsert(Self.entries(Self.count, using: &generator), in: space)
    let writer = Task {
      var writes: [Range<ContinuousClock.Instant>] = []
      while !Task.isCancelled {
        let start = ContinuousClock.now
        do {
          try await store.upsert([Samples.entry("a", Samples.axis(0))], in: Samples.space())
        } catch is CancellationError { break }
        writes.append(start..<ContinuousClock.now)
      }
      return writes
    }
    let start = ContinuousClock.now
    try await store.rebuildIndex(in: space)
    let end = ContinuousClock.now
    writer.cancel()
    let writes = try await writer.value
    let middle = start + (end - start) / 2
    #expect(writes.contains { middle < $0.lowerBound && $0.upperBound < end })
    #expect(try String(contentsOf: starts, encoding: .utf8) == "start\nstart\n")
  }

  @Test("Below 10,000 entries rebuilding leaves the exact scan")
  func small() async throws {
    var generator = SeededGenerator(seed: 8)
    let store = try await Lance.open(folder.file("lance"))
    try await store.upsert(Self.entries(300, using: &generator), in: space)
    try await store.rebuildIndex(in: space)
    #expect(store.capabilities.isExact)
  }
}
