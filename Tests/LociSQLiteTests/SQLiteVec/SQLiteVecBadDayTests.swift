import Foundation
import LociCore
import LociSQLite
import LociTestKit
import Testing

@Suite("sqlite-vec on bad days") struct SQLiteVecBadDayTests {
  private let folder: TemporaryFolder
  private let file: URL
  private let library = SQLiteVecStore.library(in: Folders())
  private let space = Samples.space()
  private let all: Scope

  init() throws {
    folder = try TemporaryFolder()
    file = folder.file("v.sqlite")
    all = try Samples.everything()
  }

  private func open(
    extension other: URL? = nil, busyTimeoutMilliseconds: Int = 10_000,
    maximumPageCount: Int? = nil
  ) async throws -> SQLiteVecStore {
    try await SQLiteVecStore.open(
      at: file, extension: other ?? library, busyTimeoutMilliseconds: busyTimeoutMilliseconds,
      maximumPageCount: maximumPageCount)
  }

  private func refusal(_ library: URL? = nil) async -> LociError? {
    await #expect(throws: LociError.self) { _ = try await open(extension: library) }
  }

  // MARK: The library

  @Test("Without the library, the error names the one command that installs it")
  func missing() async throws {
    let error = await refusal(folder.file("vec0.so"))
    #expect(error?.code == .missingLibrary)
    #expect(error?.remedy == "Run `Scripts/setup sqlite-vec`.")
    #expect(error?.message.contains("vec0.so") == true)
  }

  @Test("A file that is no library is refused", arguments: ["", "no library"])
  func noLibrary(_ contents: String) async throws {
    try Data(contents.utf8).write(to: folder.file("vec0.so"))
    let error = await refusal(folder.file("vec0.so"))
    #expect(error?.code == .missingLibrary)
    #expect(error?.remedy == "Run `Scripts/setup sqlite-vec`.")
  }

  @Test("A library of another version is refused, and both versions are named")
  func otherVersion() async throws {
    var bytes = try Data(contentsOf: library)
    while let place = bytes.range(of: Data("v0.1.9".utf8)) {
      bytes.replaceSubrange(place, with: Data("v0.1.6".utf8))
    }
    try bytes.write(to: folder.file("vec0.so"))
    let error = await refusal(folder.file("vec0.so"))
    #expect(error?.code == .missingLibrary)
    #expect(error?.message.contains("v0.1.6") == true)
    #expect(error?.message.contains("v0.1.9") == true)
  }

  @Test("Every connection has the library: many searches and writes at once")
  func everyConnection() async throws {
    let store = try await open()
    try await withThrowingTaskGroup { group in
      for task in 0..<16 {
        group.addTask {
          try await store.upsert([Samples.entry("\(task)", Samples.axis(task))], in: space)
          let found = try await store.search(Samples.axis(task), in: space, limit: 1, where: all)
          #expect(found.map(\.id.text) == ["\(task)"])
        }
      }
      try await group.waitForAll()
    }
  }

  // MARK: The file

  @Test(
    "What is no database is refused and left as it is",
    arguments: [Data("Dear diary".utf8), Data("SQLite format 3\0".utf8)])
  func noDatabase(_ bytes: Data) async throws {
    try bytes.write(to: file)
    #expect(await refusal()?.code == .corrupt)
    #expect(try Data(contentsOf: file) == bytes)
  }

  @Test("Another program's SQLite file is refused and left as it is")
  func anotherProgram() async throws {
    try await SecondProcess.run("db.execute('CREATE TABLE t (a)')", on: file.path)
    let before = try Data(contentsOf: file)
    #expect(await refusal()?.code == .corrupt)
    #expect(try Data(contentsOf: file) == before)
  }

  @Test("A file of memories is no file of vectors, and the other way round")
  func otherKind() async throws {
    _ = try await SQLiteDatabase.open(at: file)
    let error = await refusal()
    #expect(error?.code == .corrupt)
    #expect(error?.message.contains("holds memories, not vectors of sqlite-vec") == true)
    let vectors = folder.file("other.sqlite")
    _ = try await SQLiteVecStore.open(at: vectors, extension: library)
    let other = await #expect(throws: LociError.self) { try await SQLiteDatabase.open(at: vectors) }
    #expect(other?.message.contains("holds vectors of sqlite-vec, not memories") == true)
  }

  @Test("A truncated file is refused", arguments: [0.9, 0.5, 0.1])
  func truncated(_ share: Double) async throws {
    let store = try await open()
    try await store.upsert(entries(2000), in: space)
    try await store.compact()
    let whole = try Data(contentsOf: file)
    try FileManager.default.removeItem(at: file)
    try whole.prefix(Int(Double(whole.count) * share)).write(to: file)
    #expect(await refusal()?.code == .corrupt)
  }

  @Test("Whatever bytes are changed, every call ends with an answer or an error")
  func tampered() async throws {
    let store = try await open()
    try await store.upsert(entries(2000), in: space)
    try await store.compact()
    try await Tampering.run(on: file, seed: 7) {
      let store = try await open()
      _ = try await store.search(Samples.axis(0), in: space, limit: 9, where: all)
      _ = try await store.search(Samples.axis(0), in: space, limit: 5000, where: all)
      _ = try await store.scan(all.namespace, in: space, after: nil, limit: 999)
      try await store.upsert(entries(3), in: space)
      try await store.rebuildIndex(in: space)
      _ = try await store.integrityCheck()
    }
  }

  @Test(
    "A full disk is reported, no half batch is left in vec0, and what was acknowledged is there",
    arguments: 36..<42)
  func diskFull(pages: Int) async throws {
    let small = try await open(maximumPageCount: pages)
    var acknowledged = 0
    var error: (any Error)?
    while error == nil, acknowledged < 100_000 {
      let batch = try (0..<50).map {
        try Samples.entry("\(acknowledged)-\($0)", Samples.axis($0 % 16))
      }
      do {
        try await small.upsert(batch, in: space)
        acknowledged += batch.count
      } catch let thrown { error = thrown }
    }
    #expect((error as? LociError)?.code == .diskFull, "\(String(reflecting: error))")
    #expect(acknowledged > 0)
    let roomy = try await open()
    for store in [small, roomy] {
      #expect(try await store.count(in: space, where: all) == acknowledged)
      for limit in [acknowledged + 1, 100_000] {
        let found = try await store.search(Samples.axis(0), in: space, limit: limit, where: all)
        #expect(found.count == acknowledged)
      }
      #expect(try await store.integrityCheck() == [])
    }
    try await roomy.upsert([Samples.entry("room again", Samples.axis(0))], in: space)
    #expect(try await small.count(in: space, where: all) == acknowledged + 1)
  }

  @Test("A write gives up with a clear error while another process writes; a search never waits")
  func busy() async throws {
    let store = try await open(busyTimeoutMilliseconds: 50)
    try await store.upsert([Samples.entry("a", Samples.axis(0))], in: space)
    let release = try await SecondProcess.holdWriteLock(of: file)
    let error = await #expect(throws: LociError.self) {
      try await store.upsert([Samples.entry("b", Samples.axis(0))], in: space)
    }
    #expect(error?.code == .busy)
    #expect(
      try await store.search(Samples.axis(0), in: space, limit: 9, where: all).map(\.id.text)
        == ["a"])
    try await release()
    try await store.upsert([Samples.entry("b", Samples.axis(0))], in: space)
    #expect(try await store.count(in: space, where: all) == 2)
  }

  @Test("Many first uses at once make one file")
  func firstUse() async throws {
    try await withThrowingTaskGroup { group in
      for task in 0..<8 {
        group.addTask {
          try await open().upsert([Samples.entry("\(task)", Samples.axis(task))], in: space)
        }
      }
      try await group.waitForAll()
    }
    #expect(try await open().count(in: space, where: all) == 8)
  }

  private func entries(_ count: Int) throws -> [VectorEntry] {
    var generator = SeededGenerator(seed: 1)
    return try (0..<count).map { try Samples.entry("\($0)", Samples.vector(using: &generator)) }
  }
}
