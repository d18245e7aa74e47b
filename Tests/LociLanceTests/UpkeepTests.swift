import Foundation
import LociCore
import LociLance
import LociTestKit
import Testing

@Suite("LanceDB's upkeep") struct UpkeepTests {
  private let folder: TemporaryFolder
  private let space = Samples.space()

  init() throws { folder = try TemporaryFolder() }

  private var versions: Int {
    let table = folder.file("lance/\(space.key).lance/_versions").path
    return (try? FileManager.default.contentsOfDirectory(atPath: table).count) ?? 0
  }

  private func write(_ count: Int, to store: LanceVectorStore) async throws {
    try await withThrowingTaskGroup { group in
      for number in 0..<count {
        group.addTask {
          try await store.upsert(
            [Samples.entry("\(number)", Samples.axis(number % 16))], in: space)
        }
      }
      try await group.waitForAll()
    }
  }

  @Test("Writes that come in at the same time share commits [21]")
  func groupCommit() async throws {
    let store = try await Lance.open(folder.file("lance"))
    try await store.ensure(space)
    try await write(200, to: store)
    #expect(try await store.count(in: space, where: Samples.everything()) == 200)
    #expect(versions < 100, "200 writes made \(versions) versions")
  }

  @Test("Compacting gives back what replaced entries and old versions took")
  func compacting() async throws {
    let store = try await Lance.open(folder.file("lance")) { $0.oldVersionsKept = .zero }
    for round in 0..<12 {
      try await store.upsert(
        (0..<40).map { try Samples.entry("\($0)", Samples.axis(($0 + round) % 16)) }, in: space)
    }
    let all = try Samples.everything()
    let before = (
      try #require(store.byteCount),
      try await store.search(Samples.axis(3), in: space, limit: 9, where: all)
    )
    try await store.compact()
    #expect(try #require(store.byteCount) < before.0 / 2)
    #expect(versions <= 2)
    #expect(try await store.search(Samples.axis(3), in: space, limit: 9, where: all) == before.1)
  }

  @Test("After many commits the table is compacted by itself")
  func byItself() async throws {
    let store = try await Lance.open(folder.file("lance")) { $0.oldVersionsKept = .zero }
    for number in 0..<70 {
      try await store.upsert([Samples.entry("\(number)", Samples.axis(number % 16))], in: space)
    }
    for _ in 0..<100 where versions > 20 { try await Task.sleep(for: .milliseconds(50)) }
    #expect(versions <= 20, "70 writes left \(versions) versions")
    #expect(try await store.count(in: space, where: Samples.everything()) == 70)
  }

  @Test("Scrubbing leaves nothing of a deleted row in fragments, indexes and old versions")
  func scrubbing() async throws {
    let store = try await Lance.open(folder.file("lance"))
    // So many that scalar indexes are made.
    for start in stride(from: 0, to: 5200, by: 1300) {
      try await store.upsert(
        (start..<start + 1300).map { number in
          try Samples.entry("\(number)", Samples.axis(number % 16)) { attributes in
            guard number == 7 else { return }
            attributes.sourceURI = "/qzxvkjw.md"
            attributes.metadata = ["k": "wvjqpzx"]
          }
        }, in: space)
    }
    try await store.compact()
    try await store.delete([RecordID("7")], namespace: Namespace("one"), in: space)
    try await store.compact()
    #expect(try holding("qzxvkjw").contains { $0.contains("_indices") })
    #expect(try holding("wvjqpzx").contains { $0.contains("data") })
    #expect(try await store.scrub() == [])
    #expect(try holding("qzxvkjw") == [] && holding("wvjqpzx") == [])
    #expect(try await store.count(in: space, where: Samples.everything()) == 5199)
    let found = try await store.search(
      Samples.axis(7), in: space, limit: 2, where: Samples.everything())
    #expect(found.map(\.id.text) == ["1015", "103"])
  }

  /// The files of the store that hold a word.
  private func holding(_ word: String) throws -> [String] {
    let place = folder.file("lance").resolvingSymlinksInPath()
    return try #require(FileManager.default.subpaths(atPath: place.path)).filter {
      let data = try? Data(contentsOf: place.appending(path: $0))
      return data?.range(of: Data(word.utf8)) != nil
    }
  }
}
