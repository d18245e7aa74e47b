import Foundation
import LociCore
import LociPostgres
import LociTestKit
import Testing

@Suite("Vectors beside their records in PostgreSQL") struct VectorsOfRecordsTests {
  private let opened = Opened()
  private let space = Samples.space()
  private let all: Filter

  init() throws { all = try Samples.everything() }

  private func database(_ records: [Record]) async throws -> (PostgresDatabase, PostgresSettings) {
    let settings = try await PostgresServer.shared.value.settings()
    let database = try await opened.open(settings)
    try await database.records.apply(
      records.map(RecordChange.insert), in: all.namespace, actor: nil, at: .now)
    try await database.vectors.upsert(
      records.map { VectorEntry(of: $0, vector: try Samples.axis(0)) }, in: space)
    return (database, settings)
  }

  private func found(_ database: PostgresDatabase, _ filter: Filter) async throws -> [String] {
    try await database.vectors.search(Samples.axis(0), in: space, limit: 99, where: filter)
      .map(\.id.text)
  }

  @Test("An erased record is gone from every handle's search [15]")
  func erased() async throws {
    let (left, settings) = try await database([Samples.record("a"), Samples.record("b")])
    let right = try await opened.open(settings)
    #expect(try await found(right, all) == ["a", "b"])
    try await left.records.apply([.delete(RecordID("a"))], in: all.namespace, actor: nil, at: .now)
    for database in [left, right] {
      #expect(try await found(database, all) == ["b"])
      #expect(try await database.vectors.count(in: space, where: all) == 1)
    }
    await opened.close()
  }

  @Test("A changed text is not found by its old meaning [16], however late that arrives")
  func changedText() async throws {
    let records = try [Samples.record("a"), Samples.record("b")]
    let (database, _) = try await database(records)
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
    await opened.close()
  }

  @Test("Changed attributes reach the vector in the same transaction")
  func changedAttributes() async throws {
    let (database, _) = try await database([Samples.record("a"), Samples.record("b")])
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
    await opened.close()
  }

  @Test(
    "A vector without its record is passed over, and the record's attributes count",
    arguments: [1, 100])
  func recordDecides(_ count: Int) async throws {
    let records = try (0..<count).map { try Samples.record("\($0)") }
    let (database, _) = try await database(records)
    let entries = try records.flatMap { record in
      let stray = try Samples.record("stray" + record.id.text)
      var late = VectorEntry(of: record, vector: try Samples.axis(0))
      late.attributes.status = .forgotten
      return [VectorEntry(of: stray, vector: try Samples.axis(0)), late]
    }
    try await database.vectors.upsert(entries, in: space)
    #expect(
      try await database.vectors.count(in: space, where: Filter(namespace: all.namespace)) == count)
    #expect(try await database.vectors.count(in: space, where: all) == count)
    await opened.close()
  }

  @Test("Changes and vectors that race leave no vector of an old text")
  func race() async throws {
    let (database, settings) = try await database([Samples.record("a")])
    let other = try await opened.open(settings)
    for round in 0..<60 {
      let stored = try await database.records.get([RecordID("a")], namespace: all.namespace)
      let entry = try VectorEntry(of: #require(stored.first), vector: Samples.axis(0))
      var patch = RecordPatch()
      patch.text = "text \(round)"
      let change = [RecordChange.patch(entry.id, patch)]
      async let changing = other.records.apply(change, in: all.namespace, actor: nil, at: .now)
      async let writing: Void = database.vectors.upsert([entry], in: space)
      _ = try await (changing, writing)
      #expect(try await found(database, all) == [], "round \(round)")
    }
    await opened.close()
  }
}
