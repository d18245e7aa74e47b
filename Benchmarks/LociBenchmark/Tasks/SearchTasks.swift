import Foundation
import LociCore
import LociIndex
import LociSQLite

/// The nearest 10, in memory and through the store.
enum SearchTasks {
  static func index(in folder: URL) throws -> Answer {
    let data = try SearchData(folder)
    var answer = Answer()
    let start = ContinuousClock.now
    let index = try InMemoryVectorIndex<Int>(dimension: SearchData.dimension)
    for number in 0..<data.count { try index.upsert(data.vector(number), id: number) }
    answer["build_s"] = Times.milliseconds(since: start) / 1000
    for query in data.queries.prefix(3) { _ = try index.search(query, limit: SearchData.top) }
    var times = Times()
    let found = try data.queries.map { query in
      try times.measure { try index.search(query, limit: SearchData.top) }.map(\.id)
    }
    complete(&answer, times, data.recall(found))
    return answer
  }

  static func store(in folder: URL) async throws -> Answer {
    let data = try SearchData(folder)
    let file = folder.appending(path: "vectors.sqlite")
    let space = EmbeddingSpace(
      provider: "benchmark", model: "synthetic", revision: "1",
      dimension: SearchData.dimension, pooling: .mean, maximumTokens: 256)
    let namespace = try Namespace("bench")
    var answer = Answer()
    let start = ContinuousClock.now
    do {
      let database = try await SQLiteDatabase.open(at: file, vectorsFollowRecords: false)
      try await database.vectors.ensure(space)
      for page in stride(from: 0, to: data.count, by: 5000) {
        let entries = try (page..<min(page + 5000, data.count)).map { number in
          VectorEntry(
            id: try RecordID("\(number)"), contentHash: ContentHash(of: "\(number)"),
            vector: try data.vector(number),
            attributes: VectorAttributes(namespace: namespace, createdAt: Date()))
        }
        try await database.vectors.upsert(entries, in: space)
      }
    }
    answer["build_s"] = Times.milliseconds(since: start) / 1000

    let opening = ContinuousClock.now
    let database = try await SQLiteDatabase.open(at: file, vectorsFollowRecords: false)
    func search(_ query: UnitVector) async throws -> [VectorMatch] {
      try await database.vectors.search(
        query, in: space, limit: SearchData.top, where: Filter(namespace: namespace))
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

  private static func complete(_ answer: inout Answer, _ times: Times, _ recall: Double) {
    answer["p50_ms"] = times.median
    answer["p95_ms"] = times.percentile(0.95)
    answer["recall"] = recall
    answer["peak_mb"] = PeakMemory.ofThisProcess()
  }
}
