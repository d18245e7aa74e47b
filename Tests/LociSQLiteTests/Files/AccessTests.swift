import Foundation
import LociCore
import LociSQLite
import LociTestKit
import Testing

@Suite("What a store is opened for") struct AccessTests {
  private let folder: TemporaryFolder
  private let library = SQLiteVecStore.library(in: Folders())

  init() throws { folder = try TemporaryFolder() }

  private func contents() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.url.path).sorted()
  }

  private func expectMissing(_ file: URL) async throws {
    let before = try contents()
    for error in [
      await #expect(throws: LociError.self) {
        try await SQLiteDatabase.open(at: file, access: .reading)
      },
      await #expect(throws: LociError.self) {
        try await SQLiteVecStore.open(at: file, extension: library, access: .reading)
      },
    ] {
      #expect(error?.code == .notFound)
      #expect(error?.message.contains(file.path) == true)
      #expect(error?.remedy != nil)
    }
    #expect(try contents() == before, "reading makes nothing")
  }

  @Test("A missing file, and a missing folder, is not found when it is to be read, and is not made")
  func missing() async throws {
    try await expectMissing(folder.file("m.sqlite"))
    try await expectMissing(folder.file("new/folder/m.sqlite"))
  }

  @Test("An empty file holds no store, and gets no table from a reader")
  func empty() async throws {
    try Data().write(to: folder.file("m.sqlite"))
    try await expectMissing(folder.file("m.sqlite"))
    #expect(try Data(contentsOf: folder.file("m.sqlite")).isEmpty)
  }

  @Test("What is there is read, and what is written through it counts")
  func there() async throws {
    let file = folder.file("m.sqlite")
    let record = try Samples.record("a")
    _ = try await SQLiteDatabase.open(at: file)
    let database = try await SQLiteDatabase.open(at: file, access: .reading)
    try await database.records.apply(
      [.insert(record)], in: record.namespace, actor: nil, at: record.createdAt)
    #expect(try await database.records.count(where: Samples.everything()) == 1)
  }

  @Test("A reader brings an older schema up to date")
  func older() async throws {
    let file = folder.file("m.sqlite")
    try StoreFile.migrate(file, to: 1)
    let database = try await SQLiteDatabase.open(at: file, access: .reading)
    #expect(try await database.records.count(where: Samples.everything()) == 0)
  }
}
