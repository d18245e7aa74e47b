import Foundation
import Loci
import LociSQLite
import LociTestKit
import LociTestWriter
import Testing

/// Vectors of sqlite-vec whose place changes under processes that die or share.
@Suite("Processes that are told another place of vectors", .serialized)
struct MovedPlaceTests {
  @Test("kill -9 while vectors are brought over: the next life goes on, and nothing is lost")
  func killed() async throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("moved place kill test: seed \(seed)")
    var generator = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    let store = folder.file("memory.sqlite")
    var (present, erased) = try await (fill(store, vectorsIn: folder.file("place")), Set<String>())
    let records = try await SQLiteDatabase.open(at: store).records
    var interrupted = 0
    for round in 0..<8 {
      let place = folder.file("place\(round)")
      for (life, count) in [Int.max, 5].enumerated() {
        let writer = try WriterProcess(
          store, prefix: "r\(round).\(life)", seed: generator.next(), count: count, in: folder,
          vectorsIn: place)
        if life == 0 {
          // Every fourth life ends while it opens the store, the others once they bring over.
          while round % 4 > 0, try await !isMoving(records), try !writer.hasSpoken {
            try await Task.sleep(for: .milliseconds(1))
          }
          try await Task.sleep(for: .microseconds(Int.random(in: 0...30_000, using: &generator)))
          writer.kill()
          if try await isMoving(records) { interrupted += 1 }
        } else {
          #expect(writer.finish() == 0)
        }
        let said = try writer.acknowledged()
        present = present.union(said.added).subtracting(said.erased).subtracting(said.uncertain)
        erased.formUnion(said.erased)
      }
      let found = try await found(store, vectorsIn: place)
      #expect(present.subtracting(found) == [], "seed \(seed), round \(round): not found")
      #expect(erased.intersection(found) == [], "seed \(seed), round \(round): erased and found")
    }
    print("moved place kill test: \(interrupted) of 8 were killed amid bringing over")
    #expect(interrupted > 0, "no life ended amid bringing over")
  }

  @Test("Processes that were told different places write at once, and nothing is lost in either")
  func together() async throws {
    let folder = try TemporaryFolder()
    let store = folder.file("memory.sqlite")
    let places = ["a", "b"].map { folder.file($0) }
    var present = try await fill(store, vectorsIn: places[0])
    var erased: Set<String> = []
    let writers = try (0..<4).map {
      try WriterProcess(
        store, prefix: "w\($0)", seed: UInt64($0), count: 60, in: folder, vectorsIn: places[$0 % 2])
    }
    for writer in writers {
      #expect(writer.finish() == 0)
      let said = try writer.acknowledged()
      #expect(said.added.count + said.erased.count == 60)
      present.formUnion(said.added)
      erased.formUnion(said.erased)
    }
    for place in places + places {
      #expect(try await found(store, vectorsIn: place) == present, "\(place.lastPathComponent)")
    }
    #expect(erased.isDisjoint(with: present))
  }

  private func fill(_ store: URL, vectorsIn place: URL) async throws -> Set<String> {
    let ids = (0..<600).map { "first-\($0)" }
    try await WrittenMemory.open(store, vectorsIn: place.path).namespace("writer").remember(
      ids.map { try NewMemory(WrittenText.text(of: $0), id: RecordID($0)) })
    return Set(ids)
  }

  /// Everything that is found by meaning.
  private func found(_ store: URL, vectorsIn place: URL) async throws -> Set<String> {
    let memory = try await WrittenMemory.open(store, vectorsIn: place.path)
    let hits = try await memory.namespace("writer").recall(
      "note", limit: 10_000, mode: .semantic, leastRelevance: 0
    ).hits
    return Set(hits.map(\.record.id.text))
  }

  /// Whether vectors are being brought over, or were when their process died.
  private func isMoving(_ records: SQLiteRecordStore) async throws -> Bool {
    try await records.note(.placement)?.contains(#""isUnchecked":true"#) == true
  }
}
