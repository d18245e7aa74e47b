import Foundation
import LociCore
import LociSQLite
import LociTestKit
import Testing

@Suite("Schema migrations of sqlite-vec's files") struct SQLiteVecMigrationTests {
  static let versions = Array(0...StoreFile.newestSQLiteVecVersion)

  private let folder: TemporaryFolder
  private let library = SQLiteVecStore.library(in: Folders())

  init() throws { folder = try TemporaryFolder() }

  @Test(
    "From every version to every other, a file has that version's schema",
    arguments: versions, versions)
  func everyPair(from: Int, to: Int) throws {
    let (fresh, moved) = (folder.file("fresh"), folder.file("moved"))
    try StoreFile.migrate(fresh, to: to, sqliteVec: library)
    try StoreFile.migrate(moved, to: from, sqliteVec: library)
    try StoreFile.migrate(moved, to: to, sqliteVec: library)
    #expect(try StoreFile.definitions(moved) == StoreFile.definitions(fresh))
  }

  @Test(
    "Vectors survive the way down to any version that holds them, and are found",
    arguments: versions.dropFirst())
  func survive(version: Int) async throws {
    let (file, space) = (folder.file("v.sqlite"), Samples.space())
    func open() async throws -> SQLiteVecStore {
      try await SQLiteVecStore.open(at: file, extension: library)
    }
    let entries = try (0..<8).map { number in
      try Samples.entry("e\(number)", Samples.axis(number)) { attributes in
        attributes.category = number.isMultiple(of: 2) ? .fact : nil
        attributes.sourceURI = "a.md"
      }
    }
    try await open().upsert(entries, in: space)
    try StoreFile.migrate(file, to: version, sqliteVec: library)
    let store = try await open()
    #expect(try await store.integrityCheck() == [])
    #expect(try await store.spaces() == [space])
    var facts = try Samples.everything()
    facts.categories = [.fact]
    for (number, entry) in entries.enumerated() {
      let found = try await store.get([entry.id], namespace: facts.namespace, in: space)
      var kept = entry
      // Below version 6 it is not noted when a vector was made.
      if version < 6 { kept.embeddedAt = nil }
      #expect(found == [kept])
      let nearest = try await store.search(entry.vector, in: space, limit: 1, where: facts)
      #expect(nearest.count == 1 && (nearest[0].id == entry.id) == number.isMultiple(of: 2))
    }
  }
}
