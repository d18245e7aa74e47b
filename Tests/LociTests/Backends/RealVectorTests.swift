import Foundation
import Loci
import LociCore
import LociLance
import LociPostgres
import LociSQLite
import LociTestKit
import Testing

/// Every backend on the same vectors of the real model, held against the simulated store.
@Suite("Every backend on real vectors")
struct RealVectorTests {
  /// A way to search.
  enum Mode: String, CaseIterable, Sendable {
    case native, sqliteVec
    case lance, lanceRQ, lanceHNSW
    case postgres, postgresHNSW, postgresIVF
  }

  @Test(
    "An exact mode returns the simulated store's ids in the same order",
    arguments: [Mode.native, .sqliteVec, .lance, .postgres])
  func exact(_ mode: Mode) async throws {
    let data = try await RealVectors.shared.value
    let folder = try TemporaryFolder()
    try await withStore(mode, in: folder, data) { store in
      #expect(store.capabilities.isExact)
      for (filter, truth) in zip(data.filters, data.truth) {
        for (number, expected) in truth.enumerated() {
          let found = try await store.search(
            data.queries[number], in: data.space, limit: 10, where: filter)
          #expect(found.map(\.id) == expected.map(\.id), "question \(number)")
          for (left, right) in zip(found, expected) {
            #expect(abs(left.similarity.value - right.similarity.value) < 1e-6)
          }
        }
      }
    }
  }

  @Test(
    "An approximate mode says so, and finds nearly all of the true ten",
    arguments: [Mode.lanceRQ, .lanceHNSW, .postgresHNSW, .postgresIVF])
  func approximate(_ mode: Mode) async throws {
    let data = try await RealVectors.shared.value
    let folder = try TemporaryFolder()
    try await withStore(mode, in: folder, data) { store in
      try await store.rebuildIndex(in: data.space)
      for (filter, truth) in zip(data.filters, data.truth) {
        var hits = 0
        for (query, expected) in zip(data.queries, truth) {
          let found = try await store.search(query, in: data.space, limit: 10, where: filter)
          #expect(found.count == 10)
          hits += Set(found.map(\.id)).intersection(expected.map(\.id)).count
        }
        let recall = Double(hits) / Double(10 * data.queries.count)
        let share = filter.categories == nil ? "all" : "half"
        print("engine: \(mode.rawValue), \(share) of a namespace: recall@10 \(recall)")
        #expect(recall >= 0.9)
      }
      #expect(!store.capabilities.isExact)
    }
  }

  /// Lends a store that holds the data.
  private func withStore(
    _ mode: Mode, in folder: TemporaryFolder, _ data: RealVectors,
    _ body: (any VectorStore) async throws -> Void
  ) async throws {
    switch mode {
    case .native:
      let database = try await SQLiteDatabase.open(
        at: folder.file("native.sqlite"), vectorsFollowRecords: false)
      try await database.vectors.upsert(data.entries, in: data.space)
      try await body(database.vectors)
    case .sqliteVec:
      let store = try await SQLiteVecStore.open(
        at: folder.file("vec.sqlite"), extension: SQLiteVecStore.library(in: Folders()))
      try await store.upsert(data.entries, in: data.space)
      try await body(store)
    case .lance, .lanceRQ, .lanceHNSW:
      let engine = Folders().engines.appending(path: "lancedb/\(LanceVectorStore.engineVersion)")
      let store = try await LanceVectorStore.open(
        LanceSettings(
          location: folder.file("lance").path, engine: engine,
          index: mode == .lanceHNSW ? .ivfHNSWSQ : .ivfRQ))
      defer { store.close() }
      try await store.upsert(data.entries, in: data.space)
      try await body(store)
    case .postgres: try await withPostgres(.exact, data, body)
    case .postgresHNSW: try await withPostgres(.hnsw, data, body)
    case .postgresIVF: try await withPostgres(.ivfflat, data, body)
    }
  }

  private func withPostgres(
    _ index: PostgresSettings.IndexKind, _ data: RealVectors,
    _ body: (any VectorStore) async throws -> Void
  ) async throws {
    let server = try await PostgresServer.shared.value
    var settings = PostgresSettings(connection: server.conninfo())
    settings.schema = "real_\(index.rawValue)"
    settings.indexKind = .exact
    // Filled without an index, which is then built as a whole: that is much quicker.
    let plain = try await PostgresDatabase.open(settings, vectorsFollowRecords: false)
    try await plain.vectors.upsert(data.entries, in: data.space)
    await plain.close()
    settings.indexKind = index
    let database = try await PostgresDatabase.open(settings, vectorsFollowRecords: false)
    try await body(database.vectors)
    await database.close()
  }
}
