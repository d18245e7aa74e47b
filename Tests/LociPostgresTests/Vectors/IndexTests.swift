import Foundation
import LociCore
import LociPostgres
import LociTestKit
import Testing

@Suite("Indexes of vectors in PostgreSQL") struct IndexTests {
  private static let seed: UInt64 = 5
  private let space = Samples.space(dimension: 32)

  /// Vectors around a few directions, as texts have them; every hundredth is rare.
  private func entries(_ count: Int) throws -> [VectorEntry] {
    var generator = SeededGenerator(seed: Self.seed)
    let centers = try (0..<20).map { _ in
      try Samples.vector(dimension: 32, using: &generator).components
    }
    return try (0..<count).map { number in
      let components = centers[number % 20].map {
        $0 + Float.random(in: -0.15...0.15, using: &generator)
      }
      return try Samples.entry("id\(number)", UnitVector(normalizing: components)) {
        $0.metadata = ["rare": .bool(number.isMultiple(of: 100))]
        $0.category = number.isMultiple(of: 100) ? .decision : .fact
      }
    }
  }

  private func indexNames(_ settings: PostgresSettings) async throws -> [String] {
    try await PostgresServer.shared.value.sql(
      """
      SELECT am.amname FROM pg_index JOIN pg_class AS c ON c.oid = indexrelid
      JOIN pg_am AS am ON am.oid = c.relam
      WHERE c.relnamespace = '"\(settings.schema)"'::regnamespace AND c.relname LIKE '%near'
      """
    ).split(separator: "\n").map(String.init)
  }

  @Test("Under HNSW a filter that one in a hundred passes still gives all k [12]")
  func rareUnderHNSW() async throws {
    let settings = try await PostgresServer.shared.value.settings(.hnsw)
    let database = try await PostgresDatabase.open(settings, vectorsFollowRecords: false)
    let entries = try entries(4000)
    try await database.vectors.upsert(entries, in: space)
    try await database.vectors.compact()
    #expect(try await indexNames(settings) == ["hnsw"])
    let namespace = try Namespace("one")
    let filters = [
      Scope(namespace: namespace, categories: [.decision]),
      Scope(namespace: namespace, metadata: [MetadataCondition("rare", .equal, true)]),
      Scope(namespace: namespace, metadata: [MetadataCondition("rare", .greater, false)]),
    ]
    for filter in filters {
      for number in [0, 7, 333] {
        let query = entries[number].vector
        for limit in [10, 40] {
          let found = try await database.vectors.search(
            query, in: space, limit: limit, where: filter)
          #expect(found.count == limit)
        }
        #expect(
          try await database.vectors.search(query, in: space, limit: 99, where: filter).count == 40)
      }
    }
    await database.close()
  }

  @Test(
    "An index finds nearly all of the nearest, with exact similarities",
    arguments: [
      PostgresSettings.IndexKind.hnsw, .ivfflat,
    ])
  func recall(_ kind: PostgresSettings.IndexKind) async throws {
    var settings = try await PostgresServer.shared.value.settings(kind)
    settings.probes = 5
    let database = try await PostgresDatabase.open(settings, vectorsFollowRecords: false)
    let entries = try entries(4000)
    try await database.vectors.upsert(entries, in: space)
    try await database.vectors.rebuildIndex(in: space)
    #expect(try await indexNames(settings) == [kind.rawValue])
    let exact = SimulatedVectorStore()
    try await exact.upsert(entries, in: space)
    let all = try Samples.everything()
    var shared = 0
    for number in 0..<20 {
      let query = entries[number * 97].vector
      let found = try await database.vectors.search(query, in: space, limit: 10, where: all)
      let best = try await exact.search(query, in: space, limit: 10, where: all)
      for match in found {
        let vector = entries[Int(match.id.text.dropFirst(2)) ?? 0].vector
        let expected = try query.similarity(to: vector).value
        #expect(abs(match.similarity.value - expected) < 1e-6)
      }
      #expect(found == found.sorted(by: VectorMatch.ranksBefore))
      shared += Set(found.map(\.id)).intersection(best.map(\.id)).count
    }
    #expect(shared >= 180, "seed \(Self.seed): recall \(Double(shared) / 200)")
    await database.close()
  }

  @Test("IVFFlat is not built before there are rows to find clusters in [41]")
  func emptyIVFFlat() async throws {
    let settings = try await PostgresServer.shared.value.settings(.ivfflat)
    let database = try await PostgresDatabase.open(settings, vectorsFollowRecords: false)
    try await database.vectors.upsert(entries(200), in: space)
    try await database.vectors.rebuildIndex(in: space)
    #expect(try await indexNames(settings) == [])
    let all = try Samples.everything()
    let found = try await database.vectors.search(
      entries(1)[0].vector, in: space, limit: 999, where: all)
    #expect(found.count == 200)
    await database.close()
  }

  @Test("Another kind of index takes the old one's place when the index is rebuilt")
  func otherKind() async throws {
    var settings = try await PostgresServer.shared.value.settings(.hnsw)
    for kind in [PostgresSettings.IndexKind.hnsw, .ivfflat, .exact, .hnsw] {
      settings.indexKind = kind
      let database = try await PostgresDatabase.open(settings, vectorsFollowRecords: false)
      #expect(database.vectors.capabilities.isExact == (kind == .exact))
      try await database.vectors.upsert(entries(1000), in: space)
      try await database.vectors.rebuildIndex(in: space)
      #expect(try await indexNames(settings) == (kind == .exact ? [] : [kind.rawValue]))
      await database.close()
    }
  }

  @Test("A space too wide for an index is searched exactly, and one too wide for pgvector refused")
  func wide() async throws {
    let settings = try await PostgresServer.shared.value.settings(.hnsw)
    let database = try await PostgresDatabase.open(settings, vectorsFollowRecords: false)
    let wide = Samples.space(dimension: 4096)
    try await database.vectors.upsert(
      [Samples.entry("a", Samples.axis(4095, dimension: 4096))], in: wide)
    #expect(try await indexNames(settings) == [])
    let found = try await database.vectors.search(
      Samples.axis(4095, dimension: 4096), in: wide, limit: 1, where: Samples.everything())
    #expect(found.map(\.similarity) == [Similarity(1)])
    let error = await #expect(throws: LociError.self) {
      try await database.vectors.ensure(Samples.space(dimension: 16_001))
    }
    #expect(error?.code == .unsupported)
    await database.close()
  }
}
