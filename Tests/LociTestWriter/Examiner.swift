import Foundation
import Loci
import LociSQLite
import LociTestKit

/// Makes a memory in a folder, and asks everything of memories that something was done to.
///
/// Usage: LociTestWriter make FOLDER BACKEND, LociTestWriter examine BACKEND FOLDER…
///
/// The backend is where vectors lie: `native`, `sqlite-vec`, or nothing, which is in the store.
enum Examiner {
  static func run(_ words: [String]) async throws {
    switch words.first {
    case "make": try await make(URL(filePath: words[1]), words[2])
    default:
      for path in words.dropFirst(2) { try await examine(URL(filePath: path), words[1]) }
    }
  }

  private static func open(_ folder: URL, _ backend: String) async throws -> Memory {
    let database = try await SQLiteDatabase.open(at: folder.appending(path: "memory.sqlite"))
    return Memory(records: database.records, vectors: try await vectors(folder, backend, database))
    {
      BagOfWordsEmbedder()
    }
  }

  private static func vectors(
    _ folder: URL, _ backend: String, _ database: SQLiteDatabase
  ) async throws -> any VectorStore {
    let place = folder.appending(path: "memory.sqlite.vectors")
    switch backend {
    case "native":
      return try await SQLiteDatabase.open(
        at: place.appending(path: "native.sqlite"), vectorsFollowRecords: false
      ).vectors
    case "sqlite-vec":
      return try await SQLiteVecStore.open(
        at: place.appending(path: "sqlite-vec.sqlite"),
        extension: SQLiteVecStore.library(in: Folders()))
    default: return database.vectors
    }
  }

  private static func make(_ folder: URL, _ backend: String) async throws {
    let memory = try await open(folder, backend)
    for name in ["one", "two"] {
      let memories = (0..<3).map { number in
        NewMemory(
          "zebra number \(number)", category: .fact, metadata: ["year": .number(2026)],
          author: "Ada", source: Record.Source(uri: "a.md", heading: "Animals", lines: 1...2))
      }
      try await memory.namespace(name).remember(memories)
      for record in try await memory.namespace(name).list(orderedBy: .newestFirst, limit: 2) {
        try await memory.namespace(name).update(record.id, actor: "Bob") {
          $0.text += ", told anew"
        }
      }
      _ = try await memory.namespace(name).recall("zebra", leastRelevance: 0)
    }
    let one = try memory.namespace("one")
    try await one.forget([one.list().map(\.id)[0]])
    await memory.close()
    try await memory.compact()
  }

  /// Every call may answer or throw what Loci throws.
  private static func examine(_ folder: URL, _ backend: String) async throws {
    let memory: Memory
    do {
      let database = try await SQLiteDatabase.open(at: folder.appending(path: "memory.sqlite"))
      await attempt { _ = try await database.integrityCheck() }
      await attempt { _ = try await database.recordCheck() }
      memory = try await open(folder, backend)
    } catch is LociError { return }
    await attempt { _ = try await memory.namespaces() }
    await attempt { _ = try await memory.status() }
    _ = await memory.doctor()
    for name in ["one", "two"] {
      let namespace = try memory.namespace(name)
      for mode in [RecallMode.hybrid, .semantic, .lexical] {
        await attempt {
          _ = try await namespace.recall("zebra number 1", mode: mode, leastRelevance: 0)
        }
      }
      await attempt { _ = try await namespace.list() }
      await attempt {
        let then = Filter().asOf(Date(timeIntervalSince1970: 2_000_000_000))
        for order in Attribute.allCases.map({ RecordOrder(by: $0) }) {
          _ = try await namespace.list(where: then, orderedBy: order, limit: 2)
        }
      }
      await attempt {
        for record in try await namespace.list() {
          _ = try await namespace.versions(of: record.id)
          try await namespace.update(record.id) { $0.text += ", and again" }
        }
      }
      await attempt { _ = try await namespace.audit() }
      await attempt { _ = try await namespace.backfill() }
      await attempt { _ = try await namespace.remember("another zebra") }
      await attempt {
        for record in try await namespace.list() { try await namespace.forget([record.id]) }
      }
    }
    await attempt { _ = try await memory.fsck(repairs: true) }
    await memory.close()
    await attempt { try await memory.compact() }
  }

  private static func attempt(_ work: () async throws -> Void) async {
    do { try await work() } catch is LociError {} catch {
      FileHandle.standardError.write(Data("\(String(reflecting: error))\n".utf8))
      exit(3)
    }
  }
}
