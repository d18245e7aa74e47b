import Foundation
import LociCore
import LociSQLite
import LociTestKit
import Testing

@Suite("Vectors beside their records") struct VectorsOfRecordsTests {
  private let folder: TemporaryFolder
  private let space = Samples.space()
  private let all: Filter

  init() throws {
    folder = try TemporaryFolder()
    all = try Samples.everything()
  }

  private func database(_ records: [Record]) async throws -> SQLiteDatabase {
    let database = try await SQLiteDatabase.open(at: folder.file("m.sqlite"))
    try await database.records.apply(
      records.map(RecordChange.insert), in: all.namespace, actor: nil, at: .now)
    try await database.vectors.upsert(
      records.map { VectorEntry(of: $0, vector: try Samples.axis(0)) }, in: space)
    return database
  }

  private func found(_ database: SQLiteDatabase, _ filter: Filter) async throws -> [String] {
    try await database.vectors.search(Samples.axis(0), in: space, limit: 99, where: filter)
      .map(\.id.text)
  }

  @Test("An erased record is gone from every handle's search [15]")
  func erased() async throws {
    let left = try await database([Samples.record("a"), Samples.record("b")])
    let right = try await SQLiteDatabase.open(at: folder.file("m.sqlite"))
    #expect(try await found(right, all) == ["a", "b"])
    try await left.records.apply([.delete(RecordID("a"))], in: all.namespace, actor: nil, at: .now)
    for database in [left, right] {
      #expect(try await found(database, all) == ["b"])
      #expect(try await database.vectors.count(in: space, where: all) == 1)
    }
  }

  @Test("A changed text is not found by its old meaning [16], however late that arrives")
  func changedText() async throws {
    let records = try [Samples.record("a"), Samples.record("b")]
    let database = try await database(records)
    var patch = RecordPatch()
    patch.text = "another text"
    let changed = try await database.records.apply(
      [.patch(RecordID("a"), patch)], in: all.namespace, actor: nil, at: .now)
    #expect(try await found(database, all) == ["b"])
    let hashes = try await database.vectors.contentHashes(
      records.map(\.id), namespace: all.namespace, in: space)
    #expect(hashes == [records[1].id: records[1].contentHash])
    try await database.vectors.upsert(
      [VectorEntry(of: records[0], vector: Samples.axis(0))], in: space)
    #expect(try await found(database, all) == ["b"])
    try await database.vectors.upsert(
      changed.compactMap { $0 }.map { VectorEntry(of: $0, vector: try Samples.axis(0)) },
      in: space)
    #expect(try await found(database, all) == ["a", "b"])
  }

  @Test("Changed attributes reach the vector in the same transaction")
  func changedAttributes() async throws {
    let database = try await database([Samples.record("a"), Samples.record("b")])
    let active = Filter(namespace: all.namespace)
    #expect(try await found(database, active) == ["a", "b"])
    var patch = RecordPatch()
    patch.status = .archived
    patch.category = .decision
    patch.metadata = ["lang": "de"]
    patch.source = .init(uri: "a.md")
    try await database.records.apply(
      [.patch(RecordID("a"), patch)], in: all.namespace, actor: nil, at: .now)
    #expect(try await found(database, active) == ["b"])
    let archived = Filter(
      namespace: all.namespace, statuses: [.archived], categories: [.decision], sourceURI: "a.md",
      metadata: [MetadataCondition("lang", .equal, "de")])
    #expect(try await found(database, archived) == ["a"])
  }

  @Test("A vector without its record is passed over, and the record's attributes count")
  func recordDecides() async throws {
    let database = try await database([Samples.record("a")])
    let stray = try VectorEntry(of: Samples.record("stray"), vector: Samples.axis(0))
    var late = try VectorEntry(of: Samples.record("a"), vector: Samples.axis(0))
    late.attributes.status = .forgotten
    try await database.vectors.upsert([stray, late], in: space)
    #expect(try await found(database, Filter(namespace: all.namespace)) == ["a"])
  }

  @Test("More deletions than the file remembers: the index is loaded anew")
  func manyDeletions() async throws {
    let left = try await SQLiteDatabase.open(
      at: folder.file("v.sqlite"), vectorsFollowRecords: false)
    let right = try await SQLiteDatabase.open(
      at: folder.file("v.sqlite"), vectorsFollowRecords: false)
    let entries = try (0..<20_000).map { try Samples.entry("\($0)", Samples.axis($0 % 16)) }
    try await left.vectors.upsert(entries, in: space)
    #expect(
      try await right.vectors.search(
        Samples.axis(0), in: space, limit: 30_000, where: all
      ).count == 20_000)
    try await left.vectors.delete(
      entries.dropFirst().map(\.id), namespace: all.namespace, in: space)
    #expect(try await found(right, all) == ["0"])
  }
}
