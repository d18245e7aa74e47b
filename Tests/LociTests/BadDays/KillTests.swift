import Foundation
import Loci
import LociSQLite
import LociTestKit
import Testing

@Suite("Processes that die or share", .serialized)
struct KillTests {
  /// One store for all rounds, so that each life begins with what the last one left behind.
  @Test("kill -9 at 300 random moments: what was acknowledged is there and whole, and no more")
  func killed() async throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("kill test: seed \(seed)")
    var generator = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    let store = folder.file("memory.sqlite")
    var (present, erased, acknowledged) = (Set<String>(), Set<String>(), 0)
    for round in 0..<300 {
      let writer = try WriterProcess(
        store, prefix: "r\(round)", seed: generator.next(), count: .max, in: folder)
      // Every third life ends while it opens the store, the others in the middle of writing.
      if round % 3 != 0 { try await writer.waitForFirstWord() }
      try await Task.sleep(for: .microseconds(Int.random(in: 0...50_000, using: &generator)))
      writer.kill()
      let said = try writer.acknowledged()
      acknowledged += said.added.count + said.erased.count
      present.formUnion(said.added)
      erased.formUnion(said.erased)
      if round % 30 == 29 {
        try await check(store, present: present, erased: erased, seed: seed)
      }
    }
    print("kill test: \(acknowledged) acknowledged writes in 300 lives")
    #expect(acknowledged >= 200, "the lives were too short to test anything")
  }

  private func check(
    _ store: URL, present: Set<String>, erased: Set<String>, seed: UInt64
  ) async throws {
    let database = try await SQLiteDatabase.open(at: store)
    #expect(try await database.integrityCheck() == [], "seed \(seed)")
    let memory = Memory(records: database.records, vectors: database.vectors) {
      BagOfWordsEmbedder()
    }
    let namespace = try memory.namespace("writer")
    var found: Set<String> = []
    var cursor: RecordID?
    while let page = Optional(try await namespace.list(after: cursor, limit: 1000)), !page.isEmpty {
      let versions = Dictionary(
        grouping: try await database.records.versions(
          of: page.map(\.id), in: namespace.namespace), by: \.id)
      for record in page {
        let (id, earlier) = (record.id.text, (versions[record.id] ?? []).map(\.text))
        let draft = WrittenText.draft(of: id).map { [$0] } ?? []
        // Killed between the two steps, only the draft was written.
        let isDraft = [record.text] == draft && !present.contains(id)
        #expect(isDraft || record.text == WrittenText.text(of: id), "seed \(seed)")
        #expect(earlier == (isDraft ? [] : draft), "seed \(seed): \(id)")
        found.insert(id)
      }
      cursor = page.last?.id
    }
    #expect(present.subtracting(found) == [], "seed \(seed): acknowledged and lost")
    #expect(erased.intersection(found) == [], "seed \(seed): erased and still there")
    let gone = try await database.records.versions(
      of: erased.map { try RecordID($0) }, in: namespace.namespace)
    #expect(gone == [], "seed \(seed): erased, and an earlier text is still there")
    try await namespace.backfill()
    let space = BagOfWordsEmbedder().space
    let all = Scope(namespace: namespace.namespace, statuses: nil)
    #expect(try await database.vectors.count(in: space, where: all) == found.count)
    for id in found.intersection(present).prefix(5) {
      let hits = try await namespace.recall(
        WrittenText.text(of: id), limit: 1, mode: .lexical
      ).hits
      #expect(hits.map(\.record.id.text) == [id], "seed \(seed): not found by words")
    }
  }

  @Test("Three processes write at once, a fourth reads, and nothing is lost")
  func together() async throws {
    let folder = try TemporaryFolder()
    let store = folder.file("memory.sqlite")
    let database = try await SQLiteDatabase.open(at: store)
    let memory = Memory(records: database.records, vectors: database.vectors) {
      BagOfWordsEmbedder()
    }
    let namespace = try memory.namespace("writer")
    let writers = try (0..<3).map {
      try WriterProcess(store, prefix: "w\($0)", seed: UInt64($0), count: 100, in: folder)
    }
    for _ in 0..<20 {
      _ = try await namespace.recall("note", leastRelevance: 0)
      try await Task.sleep(for: .milliseconds(20))
    }
    for writer in writers { #expect(writer.finish() == 0) }
    for writer in writers {
      let said = try writer.acknowledged()
      #expect(said.added.count + said.erased.count == 100)
      for id in said.added {
        let record = try await namespace.get(RecordID(id))
        #expect(record?.text == WrittenText.text(of: id))
      }
      for id in said.erased { #expect(try await namespace.get(RecordID(id)) == nil) }
      let wanted = try #require(said.added.sorted().last)
      for mode in [RecallMode.semantic, .lexical] {
        let hits = try await namespace.recall(
          WrittenText.text(of: wanted), limit: 1, mode: mode
        ).hits
        #expect(hits.map(\.record.id.text) == [wanted], "\(mode)")
      }
    }
  }
}
