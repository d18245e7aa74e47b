import Foundation
import LociCore
import LociIndex
import LociSQLite

/// The nearest 10, in memory and through the store.
enum SearchTasks {
  static func index(in folder: URL) async throws -> Answer {
    let data = try SearchData(folder)
    var answer = Answer()
    let start = ContinuousClock.now
    let index = try InMemoryVectorIndex<Int>(dimension: SearchData.dimension)
    try await data.forEachPage { first, vectors in
      for (offset, vector) in vectors.enumerated() { try index.upsert(vector, id: first + offset) }
    }
    answer["build_s"] = Times.milliseconds(since: start) / 1000
    for query in data.queries.prefix(3) { _ = try index.search(query, limit: SearchData.top) }
    var times = Times()
    let found = try data.queries.map { query in
      try times.measure { try index.search(query, limit: SearchData.top) }.map(\.id)
    }
    complete(&answer, times, data.recall(found))
    return answer
  }

  /// Fills the store that ``store(in:)`` searches.
  static func fill(in folder: URL) async throws -> Answer {
    let data = try SearchData(folder)
    let start = ContinuousClock.now
    let database = try await open(folder)
    try await database.vectors.ensure(space)
    let namespace = try Namespace("bench")
    try await data.forEachPage { first, vectors in
      let entries = try vectors.enumerated().map { offset, vector in
        VectorEntry(
          id: try RecordID("\(first + offset)"), contentHash: ContentHash(of: "\(first + offset)"),
          vector: vector,
          attributes: VectorAttributes(namespace: namespace, createdAt: Date()))
      }
      try await database.vectors.upsert(entries, in: space)
    }
    var answer = Answer()
    answer["build_s"] = Times.milliseconds(since: start) / 1000
    return answer
  }

  static func store(in folder: URL) async throws -> Answer {
    let data = try SearchData(folder)
    let namespace = try Namespace("bench")
    var answer = Answer()
    let opening = ContinuousClock.now
    let database = try await open(folder)
    func search(_ query: UnitVector) async throws -> [VectorMatch] {
      try await database.vectors.search(
        query, namespace: namespace, in: space, limit: SearchData.top, where: Filter())
    }
    _ = try await search(data.queries[0])
    answer["open_ms"] = Times.milliseconds(since: opening)
    var times = Times()
    var found: [[Int]] = []
    for query in data.queries {
      let matches = try await times.measure { try await search(query) }
      found.append(matches.compactMap { Int($0.id.text) })
    }
    complete(&answer, times, data.recall(found))
    return answer
  }

  private static let space = SearchData.space

  private static func open(_ folder: URL) async throws -> SQLiteDatabase {
    try await SQLiteDatabase.open(
      at: folder.appending(path: "vectors.sqlite"), vectorsFollowRecords: false)
  }

  private static func complete(_ answer: inout Answer, _ times: Times, _ recall: Double) {
    answer["p50_ms"] = times.median
    answer["p95_ms"] = times.percentile(0.95)
    answer["recall"] = recall
    answer["peak_mb"] = Memory.peak()
    answer["own_mb"] = Memory.own()
  }
}
