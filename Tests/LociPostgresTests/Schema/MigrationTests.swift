import Foundation
import LociCore
import LociPostgres
import LociTestKit
import Testing

@Suite("Schema migrations of PostgreSQL stores") struct MigrationTests {
  static let versions = Array(0...PostgresDatabase.newestVersion)

  /// Everything that the schema defines, with the schema's name taken out.
  private func definitions(_ settings: PostgresSettings) async throws -> String {
    let schema = "'\"\(settings.schema)\"'::regnamespace"
    let found = try await PostgresServer.shared.value.sql(
      """
      SELECT c.relname, c.relkind, coalesce(c.reloptions::text, ''), a.attname,
        format_type(a.atttypid, a.atttypmod), a.attnotnull, coalesce(l.collname, ''),
        coalesce(pg_get_expr(d.adbin, d.adrelid), '')
      FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
      LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
      LEFT JOIN pg_collation AS l ON l.oid = a.attcollation
      WHERE c.relnamespace = \(schema) AND NOT a.attisdropped ORDER BY 1, 4;
      SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON oid = indrelid
        WHERE relnamespace = \(schema) ORDER BY 1;
      SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = \(schema) ORDER BY 1;
      SELECT pg_get_triggerdef(t.oid) FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
        WHERE c.relnamespace = \(schema) AND NOT t.tgisinternal ORDER BY 1;
      SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = \(schema) ORDER BY 1;
      SELECT cfgname FROM pg_ts_config WHERE cfgnamespace = \(schema);
      SELECT dictname, dictinitoption FROM pg_ts_dict WHERE dictnamespace = \(schema);
      """)
    return found.replacing(settings.schema, with: "SCHEMA")
  }

  @Test(
    "From every version to every other, a schema has that version's definitions",
    arguments: versions)
  func everyPair(to: Int) async throws {
    let server = try await PostgresServer.shared.value
    let fresh = server.settings()
    try await PostgresDatabase.migrate(fresh, to: to)
    let expected = try await definitions(fresh)
    // One after another: all pairs at once want more connections than a server has.
    for from in Self.versions {
      let moved = server.settings()
      try await PostgresDatabase.migrate(moved, to: from)
      try await PostgresDatabase.migrate(moved, to: to)
      #expect(try await definitions(moved) == expected, "from \(from)")
    }
  }

  @Test("Records survive the way down to version 1 and up again, and their words are found")
  func recordsSurvive() async throws {
    let settings = try await PostgresServer.shared.value.settings()
    let record = try Samples.record("a", "zebra 喜歡")
    let first = try await PostgresDatabase.open(settings)
    try await first.records.apply(
      [.insert(record)], in: record.namespace, actor: nil, at: record.createdAt)
    try await first.vectors.upsert(
      [VectorEntry(of: record, vector: Samples.axis(0))], in: Samples.space())
    await first.close()
    try await PostgresDatabase.migrate(settings, to: 1)
    let database = try await PostgresDatabase.open(settings)
    #expect(try await database.records.get([record.id], namespace: record.namespace) == [record])
    for word in ["zebra", "喜歡"] {
      let found = try await database.records.search(
        words: word, limit: 9, where: Samples.everything())
      #expect(found.map(\.id) == [record.id])
    }
    #expect(try await database.vectors.spaces() == [])
    await database.close()
  }

  @Test(
    "Records and vectors survive the way down to version 5 and up again, without being made anew")
  func vectorsSurvive() async throws {
    let settings = try await PostgresServer.shared.value.settings()
    var record = try Samples.record("a", metadata: ["n": 1.5, "tags": ["x", "y"]])
    (record.author, record.authorName, record.importance) = ("ada", "Ada", 5)
    (record.audience, record.whole) = (.author, record.id)
    let first = try await PostgresDatabase.open(settings)
    try await first.records.apply(
      [.insert(record)], in: record.namespace, actor: nil, at: record.createdAt)
    let entry = VectorEntry(of: record, vector: try Samples.axis(3))
    try await first.vectors.upsert([entry], in: Samples.space())
    await first.close()
    try await PostgresDatabase.migrate(settings, to: 5)
    let database = try await PostgresDatabase.open(settings)
    // What version 5 has no room for is gone.
    (record.authorName, record.audience, record.whole) = (nil, .everyone, nil)
    record.metadata["tags"] = nil
    #expect(try await database.records.get([record.id], namespace: record.namespace) == [record])
    let found = try await database.vectors.get(
      [record.id], namespace: record.namespace, in: Samples.space())
    #expect(found == [VectorEntry(of: record, vector: entry.vector)])
    await database.close()
  }

  @Test("A space is found again under its publisher's name, and its table keeps its own")
  func renamedSpace() async throws {
    let server = try await PostgresServer.shared.value
    let settings = server.settings()
    let space = EmbeddingSpace(
      provider: "sentence-transformers", model: "sentence-transformers/some", revision: "1",
      dimension: 16, pooling: .mean, maximumTokens: 256)
    let record = try Samples.record("a")
    let entry = VectorEntry(of: record, vector: try Samples.axis(3))
    let first = try await PostgresDatabase.open(settings)
    try await first.records.apply(
      [.insert(record)], in: record.namespace, actor: nil, at: record.createdAt)
    try await first.vectors.upsert([entry], in: space)
    await first.close()
    try await PostgresDatabase.migrate(settings, to: 6)
    let former = space.namedByEngine
    #expect(former.provider == "onnxruntime")
    for _ in 0..<2 {
      let count = try await server.sql(
        "SELECT count(*) FROM \"\(settings.schema)\".vector_\(former.key)")
      #expect(count.trimmingCharacters(in: .whitespacesAndNewlines) == "1")
      let database = try await PostgresDatabase.open(settings)
      #expect(try await database.vectors.spaces() == [space])
      let found = try await database.vectors.search(
        entry.vector, in: space, limit: 1, where: Samples.everything())
      #expect(found.map(\.id) == [record.id])
      try await database.vectors.rebuildIndex(in: space)
      try await database.vectors.compact()
      #expect(try await database.integrityProblems() == [])
      var changed = RecordPatch()
      changed.category = .fact
      try await database.records.apply(
        [.patch(record.id, changed)], in: record.namespace, actor: nil, at: record.createdAt)
      let entries = try await database.vectors.get(
        [record.id], namespace: record.namespace, in: space)
      #expect(entries.map(\.attributes.category) == [.fact])
      await database.close()
    }
  }

  @Test("Many first uses at once make one store")
  func firstUse() async throws {
    let settings = try await PostgresServer.shared.value.settings()
    try await withThrowingTaskGroup { group in
      for task in 0..<8 {
        group.addTask {
          let database = try await PostgresDatabase.open(settings)
          let record = try Samples.record("\(task)")
          try await database.records.apply(
            [.insert(record)], in: Namespace("one"), actor: nil, at: .now)
          try await database.vectors.upsert(
            [VectorEntry(of: record, vector: Samples.axis(0))], in: Samples.space())
          await database.close()
        }
      }
      try await group.waitForAll()
    }
    let database = try await PostgresDatabase.open(settings)
    #expect(try await database.records.count(where: Samples.everything()) == 8)
    let found = try await database.vectors.count(
      in: Samples.space(), where: Samples.everything())
    #expect(found == 8)
    await database.close()
  }

  @Test("Words that another version cut are indexed anew when the store is opened")
  func otherWords() async throws {
    let server = try await PostgresServer.shared.value
    let settings = server.settings()
    let first = try await PostgresDatabase.open(settings)
    let records = try (0..<450).map { try Samples.record("\($0)", "zebra \($0)") }
    try await first.records.apply(
      records.map(RecordChange.insert), in: Namespace("one"), actor: nil, at: .now)
    await first.close()
    try await server.sql(
      """
      UPDATE "\(settings.schema)".record SET words = '';
      UPDATE "\(settings.schema)".setting SET value = '0';
      """)
    let database = try await PostgresDatabase.open(settings)
    let found = try await database.records.search(
      words: "zebra", limit: 999, where: Samples.everything())
    #expect(found.count == 450)
    await database.close()
  }
}
