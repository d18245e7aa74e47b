import Foundation
import LociCore
import LociSQLite
import LociTestKit
import Testing

@Suite("A store that is deleted or replaced while it is in use") struct ReplacedStoreTests {
  private let folder: TemporaryFolder
  private let file: URL
  private let all: Scope

  init() throws {
    folder = try TemporaryFolder()
    file = folder.file("m.sqlite")
    all = try Samples.everything()
  }

  private func add(_ ids: [String], _ text: String = "zebra", to database: SQLiteDatabase)
    async throws
  {
    try await database.records.apply(
      ids.map { .insert(try Samples.record($0, text)) }, in: all.namespace, actor: nil, at: .now)
  }

  private func expectNoticed(_ database: SQLiteDatabase) async throws {
    let errors = [
      await #expect(throws: LociError.self) { try await add(["after"], to: database) },
      await #expect(throws: LociError.self) { _ = try await database.records.count(where: all) },
      await #expect(throws: LociError.self) {
        try await database.vectors.upsert(
          [Samples.entry("a", Samples.axis(0))], in: Samples.space())
      },
      await #expect(throws: LociError.self) {
        _ = try await database.vectors.search(
          Samples.axis(0), in: Samples.space(), limit: 3, where: all)
      },
    ]
    for error in errors {
      #expect(error?.code == .replaced, "\(String(reflecting: error))")
      #expect(error?.remedy != nil)
    }
  }

  private func opened() async throws -> SQLiteDatabase {
    let database = try await SQLiteDatabase.open(at: file)
    try await add(["before"], to: database)
    try await database.vectors.ensure(Samples.space())
    _ = try await database.vectors.search(
      Samples.axis(0), in: Samples.space(), limit: 3, where: all)
    return database
  }

  @Test(
    "Every write and every read says that a file is gone",
    arguments: ["m.sqlite", "m.sqlite-wal", "m.sqlite-shm"])
  func deleted(_ name: String) async throws {
    let database = try await opened()
    try FileManager.default.removeItem(at: folder.file(name))
    try await expectNoticed(database)
  }

  @Test("Every write and every read says that the folder was moved away")
  func folderMoved() async throws {
    let database = try await opened()
    let other = folder.url.path + "-moved"
    defer { try? FileManager.default.removeItem(atPath: other) }
    try FileManager.default.moveItem(atPath: folder.url.path, toPath: other)
    try await expectNoticed(database)
  }

  @Test("Every write and every read says that another store took the file's place")
  func replaced() async throws {
    let database = try await opened()
    let other = folder.file("other.sqlite")
    try await add(["other"], to: try await SQLiteDatabase.open(at: other))
    try FileManager.default.removeItem(at: file)
    try FileManager.default.moveItem(at: other, to: file)
    try await expectNoticed(database)
  }

  @Test("A store that lost its place spoils no other one when it is closed")
  func closedAfterwards() async throws {
    var database: SQLiteDatabase? = try await opened()
    for ending in ["", "-wal", "-shm"] {
      try FileManager.default.removeItem(at: folder.file("m.sqlite" + ending))
    }
    let other = try await SQLiteDatabase.open(at: file)
    try await add(["new"], to: other)
    try await expectNoticed(try #require(database))
    database = nil
    try await add(["newer"], to: other)
    #expect(try await other.records.count(where: all) == 2)
    #expect(try await other.integrityCheck() == [])
  }

  @Test("sqlite-vec's file is watched, too")
  func sqliteVec() async throws {
    let vectors = try await SQLiteVecStore.open(
      at: file, extension: SQLiteVecStore.library(in: Folders()))
    let entry = try Samples.entry("a", Samples.axis(0))
    try await vectors.upsert([entry], in: Samples.space())
    try FileManager.default.removeItem(at: file)
    let error = await #expect(throws: LociError.self) {
      try await vectors.upsert([entry], in: Samples.space())
    }
    #expect(error?.code == .replaced)
  }

  // MARK: A log beside another file

  /// Fills a store until its log has begun anew more than once; returns a backup that was made
  /// before, and leaves file and log as a killed process does.
  private func killed(_ place: TemporaryFolder) async throws -> Data {
    var database = try await SQLiteDatabase.open(at: file)
    let long = String(repeating: "zebra ", count: 700)
    try await add((0..<50).map { "first\($0)" }, long, to: database)
    try await database.compact()
    let backup = try Data(contentsOf: file)
    for round in 0..<40 {
      database = round % 7 == 0 ? try await SQLiteDatabase.open(at: file) : database
      try await add((0..<60).map { "\(round)-\($0)" }, long, to: database)
    }
    for ending in ["", "-wal"] {
      try FileManager.default.copyItem(
        at: folder.file("m.sqlite" + ending), to: place.file("m.sqlite" + ending))
    }
    return backup
  }

  @Test("What a killed process left is opened, and everything is there")
  func leftBehind() async throws {
    let place = try TemporaryFolder()
    _ = try await killed(place)
    let again = try await SQLiteDatabase.open(at: place.file("m.sqlite"))
    #expect(try await again.records.count(where: all) == 50 + 40 * 60)
    #expect(try await again.integrityCheck() == [])
  }

  @Test(
    "A backup beside the log of later days is refused, left as it is, and used without that log")
  func restored() async throws {
    let place = try TemporaryFolder()
    let backup = try await killed(place)
    let restored = place.file("m.sqlite")
    try backup.write(to: restored)
    let error = await #expect(throws: LociError.self) {
      let database = try await SQLiteDatabase.open(at: restored)
      _ = try await database.records.count(where: all)
    }
    #expect(error?.code == .replaced || error?.code == .corrupt, "\(String(reflecting: error))")
    #expect(try Data(contentsOf: restored) == backup)
    for ending in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(at: place.file("m.sqlite" + ending))
    }
    let database = try await SQLiteDatabase.open(at: restored)
    #expect(try await database.records.count(where: all) == 50)
    #expect(try await database.integrityCheck() == [])
  }

  @Test("A backup that is copied over a store in use is noticed by who uses it, and not spoiled")
  func copiedOver() async throws {
    var database: SQLiteDatabase? = try await SQLiteDatabase.open(at: file)
    try await add(["a", "b"], to: try #require(database))
    try await database?.compact()
    try await add(["c"], to: try #require(database))
    try await database?.compact()
    let backup = try Data(contentsOf: file)
    for round in 0..<8 {
      try await add(["later\(round)"], to: try #require(database))
      try await database?.compact()
    }
    try await add(["last", "of all"], to: try #require(database))
    try await add(["really"], to: try #require(database))
    // As cp does: the same file with other bytes.
    let handle = try FileHandle(forWritingTo: file)
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: backup)
    try handle.close()
    let error = await #expect(throws: LociError.self) {
      try await add(["after"], to: try #require(database))
    }
    #expect(error?.code == .replaced || error?.code == .corrupt, "\(String(reflecting: error))")
    database = nil
    #expect(try Data(contentsOf: file) == backup)
  }
}
