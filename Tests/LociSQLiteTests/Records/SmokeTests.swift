import Foundation
import LociCore
import LociSQLite
import LociTestKit
import Testing

@Suite struct SmokeTests {
  @Test("A record that was inserted is there after reopening, and found by its words")
  func roundTrip() async throws {
    let folder = try TemporaryFolder()
    let namespace = try Namespace("bot:ada")
    let time = Date(millisecondsSince1970: 1_700_000_000_000)
    let record = try Record(
      id: RecordID("a"), namespace: namespace, text: "Alice prefers tea\0 to coffee",
      category: .preference, metadata: ["a": "b\0c", "n": 1.5, "t": true], author: "me",
      source: .init(uri: "x.md", heading: "Drinks › Hot", lines: 1...3), createdAt: time)
    let chinese = try Record(
      id: RecordID("b"), namespace: namespace, text: "愛麗絲喜歡喝茶", createdAt: time)
    let database = try await SQLiteDatabase.open(at: folder.file("m.sqlite"))
    try await database.records.apply(
      [.insert(record), .insert(chinese)], in: namespace, actor: "me", at: time)
    let again = try await SQLiteDatabase.open(at: folder.file("m.sqlite"))
    let filter = Filter(namespace: namespace)
    #expect(try await again.records.get([record.id], namespace: namespace) == [record])
    #expect(try await again.records.list(where: filter, after: nil, limit: 9) == [record, chinese])
    let hits = try await again.records.search(words: "coffees \" OR (", limit: 3, where: filter)
    #expect(hits.map(\.id.text) == ["a"])
    let hits2 = try await again.records.search(words: "喜歡", limit: 3, where: filter)
    #expect(hits2.map(\.id.text) == ["b"])
    #expect(try await again.records.audit(namespace, record: nil, limit: 10).count == 2)
    try await again.records.apply([.delete(record.id)], in: namespace, actor: nil, at: time)
    #expect(try await again.records.search(words: "tea hot", limit: 3, where: filter).isEmpty)
    #expect(try await again.records.namespaces() == [namespace])
    #expect(try await again.integrityCheck() == [])
    var other = filter
    other.metadata = [MetadataCondition("a", .equal, "b\0c"), MetadataCondition("n", .less, 2)]
    #expect(try await database.records.count(where: other) == 0)
  }
}
