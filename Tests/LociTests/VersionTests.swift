import Foundation
import Loci
import LociSQLite
import LociTestKit
import Synchronization
import Testing

@Suite("Earlier texts of records") struct VersionTests {
  enum Backend: CaseIterable { case sqlite, simulated }

  private let folder: TemporaryFolder
  private let clock = Clock()

  init() throws { folder = try TemporaryFolder() }

  private final class Clock: Sendable {
    private let day = Mutex(0)
    func set(_ number: Int) { day.withLock { $0 = number } }
    func date(_ number: Int) -> Date { Date(timeIntervalSince1970: 86_400 * Double(number)) }
    func now() -> Date { date(day.withLock { $0 }) }
  }

  private func namespace(on backend: Backend) async throws -> MemoryNamespace {
    let (records, vectors): (any RecordStore, any VectorStore)
    switch backend {
    case .sqlite:
      let database = try await SQLiteDatabase.open(at: folder.file("m.sqlite"))
      (records, vectors) = (database.records, database.vectors)
    case .simulated: (records, vectors) = (SimulatedRecordStore(), SimulatedVectorStore())
    }
    let surroundings = Surroundings(now: { [clock] in clock.now() })
    return try Memory(records: records, vectors: vectors, surroundings: surroundings) {
      BagOfWordsEmbedder()
    }.namespace("bot:ada")
  }

  @Test(
    "Recalled, listed and read on as of a time, a record has the text of then; forgotten, none",
    arguments: Backend.allCases)
  func asOf(backend: Backend) async throws {
    let ada = try await namespace(on: backend)
    clock.set(1)
    let id = try await ada.remember("The office is in Lisbon", author: "bob").record.id
    clock.set(3)
    var patch = RecordPatch()
    patch.text = "The office is in Porto"
    try await ada.update(id, with: patch, actor: "eve")
    clock.set(5)
    try await ada.update(id, actor: "bob") { $0.text = "The office is in Faro" }
    try await ada.remember("Nobody knew of the office in Braga")

    let versions = try await ada.versions(of: id)
    #expect(versions.map(\.text) == ["The office is in Lisbon", "The office is in Porto"])
    #expect(versions.map(\.actor) == ["eve", "bob"])
    #expect(versions.map(\.knownFrom) == [clock.date(1), clock.date(3)])
    #expect(versions.map(\.knownUntil) == [clock.date(3), clock.date(5)])

    for (day, city) in [(1, "Lisbon"), (2, "Lisbon"), (3, "Porto"), (4, "Porto"), (6, "Faro")] {
      let then = Filter().asOf(clock.date(day))
      let count = day < 5 ? 1 : 2
      let texts = try await ada.list(where: then).map(\.text)
      #expect(texts.count == count && texts.contains("The office is in \(city)"), "\(day)")
      var read: [String] = []
      for try await record in ada.records(where: then) { read.append(record.text) }
      #expect(read == texts)
      for mode in RecallMode.allCases {
        let hits = try await ada.recall("Where is the office in Faro?", mode: mode, where: then)
          .hits
        #expect(hits.first?.record.text == "The office is in \(city)", "\(day), \(mode)")
      }
    }
    #expect(try await ada.list(where: Filter().asOf(clock.date(0))).isEmpty)
    #expect(try await ada.get(id)?.text == "The office is in Faro", "now")
    try await ada.forget([id])
    #expect(try await ada.versions(of: id).isEmpty)
  }
}
