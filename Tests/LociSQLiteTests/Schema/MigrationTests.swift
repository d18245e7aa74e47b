import Foundation
import LociCore
import LociSQLite
import LociTestKit
import Testing

@Suite("Schema migrations") struct MigrationTests {
  static let versions = Array(0...StoreFile.newestVersion)

  @Test(
    "From every version to every other, a file has that version's schema",
    arguments: versions, versions)
  func everyPair(from: Int, to: Int) throws {
    let folder = try TemporaryFolder()
    try StoreFile.migrate(folder.file("fresh"), to: to)
    try StoreFile.migrate(folder.file("moved"), to: from)
    try StoreFile.migrate(folder.file("moved"), to: to)
    #expect(
      try StoreFile.definitions(folder.file("moved"))
        == StoreFile.definitions(folder.file("fresh")))
  }

  @Test("Records survive the way down to version 1 and up again, and their words are found")
  func recordsSurvive() async throws {
    let folder = try TemporaryFolder()
    let file = folder.file("m.sqlite")
    let record = try Samples.record("a", "zebra 喜歡")
    try await SQLiteDatabase.open(at: file).records.apply(
      [.insert(record)], in: record.namespace, actor: nil, at: record.createdAt)
    try StoreFile.migrate(file, to: 1)
    let database = try await SQLiteDatabase.open(at: file)
    #expect(try await database.records.get([record.id], namespace: record.namespace) == [record])
    for word in ["zebra", "喜歡"] {
      let found = try await database.records.search(
        words: word, limit: 9, where: Samples.everything())
      #expect(found.map(\.id) == [record.id])
    }
    #expect(try await database.integrityCheck() == [])
  }

  @Test(
    "Records and vectors survive the way down to version 4 and up again, without being made anew")
  func vectorsSurvive() async throws {
    let folder = try TemporaryFolder()
    let file = folder.file("m.sqlite")
    var record = try Samples.record("a", metadata: ["n": 1.5, "tags": ["x", "y"]])
    (record.author, record.authorName, record.importance) = ("ada", "Ada", 5)
    (record.audience, record.whole) = (.author, record.id)
    let first = try await SQLiteDatabase.open(at: file)
    try await first.records.apply(
      [.insert(record)], in: record.namespace, actor: nil, at: record.createdAt)
    let entry = VectorEntry(of: record, vector: try Samples.axis(3))
    try await first.vectors.upsert([entry], in: Samples.space())
    try StoreFile.migrate(file, to: 4)
    let database = try await SQLiteDatabase.open(at: file)
    // What version 4 has no room for is gone.
    (record.authorName, record.audience, record.whole) = (nil, .everyone, nil)
    record.metadata["tags"] = nil
    #expect(try await database.records.get([record.id], namespace: record.namespace) == [record])
    let found = try await database.vectors.get(
      [record.id], namespace: record.namespace, in: Samples.space())
    #expect(found == [VectorEntry(of: record, vector: entry.vector)])
    #expect(try await database.integrityCheck() == [])
  }

  @Test("A file of a newer Loci is refused and left as it is")
  func newer() async throws {
    let folder = try TemporaryFolder()
    let file = folder.file("m.sqlite")
    try StoreFile.migrate(file, to: StoreFile.newestVersion)
    try await SecondProcess.run("db.execute('PRAGMA user_version = 99')", on: file.path)
    let before = try Data(contentsOf: file)
    let error = await #expect(throws: LociError.self) { try await SQLiteDatabase.open(at: file) }
    #expect(error?.code == .newerSchema)
    #expect(try Data(contentsOf: file) == before)
  }

  @Test("Words that another segmenter cut are indexed anew when the file is opened")
  func otherSegmenter() async throws {
    let folder = try TemporaryFolder()
    let file = folder.file("m.sqlite")
    let record = try Samples.record("a", "zebra")
    try await SQLiteDatabase.open(at: file).records.apply(
      [.insert(record)], in: record.namespace, actor: nil, at: record.createdAt)
    try await SecondProcess.run(
      """
      db.execute("INSERT INTO words (words) VALUES ('delete-all')")
      db.execute("UPDATE setting SET value = 0 WHERE name = 'segmenter_version'")
      """, on: file.path)
    let found = try await SQLiteDatabase.open(at: file).records.search(
      words: "zebra", limit: 9, where: Samples.everything())
    #expect(found.map(\.id) == [record.id])
  }

  @Test("A file of the first segmenter is indexed anew, so that `lodz` finds Łódź in it")
  func firstSegmenter() async throws {
    let folder = try TemporaryFolder()
    let file = folder.file("m.sqlite")
    let record = try Samples.record("a", "Łódź has 10.2.0.1")
    try await SQLiteDatabase.open(at: file).records.apply(
      [.insert(record)], in: record.namespace, actor: nil, at: record.createdAt)
    try await SecondProcess.run(
      """
      db.execute("INSERT INTO words (words) VALUES ('delete-all')")
      db.execute("INSERT INTO words (rowid, text) VALUES (1 << 41 | 1, 'Łódź has 10.2.0.1')")
      db.execute("UPDATE setting SET value = 1 WHERE name = 'segmenter_version'")
      """, on: file.path)
    let records = try await SQLiteDatabase.open(at: file).records
    let found = try await records.search(words: "lodz", limit: 9, where: Samples.everything())
    #expect(found.map(\.id) == [record.id])
    let spelled = try await records.search(
      words: "10.2.0.1", limit: 9, where: Samples.everything())
    #expect(spelled.map(\.spelling) == [.identifierAsWritten])
  }

  @Test("Many first uses at once make one store")
  func firstUse() async throws {
    let folder = try TemporaryFolder()
    try await withThrowingTaskGroup { group in
      for task in 0..<8 {
        group.addTask {
          let database = try await SQLiteDatabase.open(at: folder.file("new/m.sqlite"))
          try await database.records.apply(
            [.insert(Samples.record("\(task)"))], in: Namespace("one"), actor: nil, at: .now)
        }
      }
      try await group.waitForAll()
    }
    let database = try await SQLiteDatabase.open(at: folder.file("new/m.sqlite"))
    #expect(try await database.records.count(where: Samples.everything()) == 8)
  }
}
