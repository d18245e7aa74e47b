import Foundation
import Loci
import LociSQLite
import LociTestKit
import Synchronization

/// A memory over one SQLite file in a folder of its own, with an embedder that can be broken and a
/// clock that moves one second a reading.
struct Fixture {
  let folder: TemporaryFolder
  let embedder: FaultyEmbedder
  let memory: Memory
  let bot: MemoryNamespace

  init(
    _ embedder: FaultyEmbedder = FaultyEmbedder(), busyTimeoutMilliseconds: Int = 10_000
  ) async throws {
    let folder = try TemporaryFolder()
    let database = try await SQLiteDatabase.open(
      at: folder.url.appending(path: "memory.sqlite"),
      busyTimeoutMilliseconds: busyTimeoutMilliseconds)
    let clock = SteppingClock()
    memory = Memory(
      records: database.records, vectors: database.vectors,
      surroundings: Surroundings(now: { clock.next() })
    ) { embedder }
    bot = try memory.namespace("bot:ada")
    self.embedder = embedder
    self.folder = folder
  }
}

final class SteppingClock: Sendable {
  private let seconds = Mutex(1_700_000_000.0)

  func next() -> Date {
    seconds.withLock {
      $0 += 1
      return Date(timeIntervalSince1970: $0)
    }
  }
}
