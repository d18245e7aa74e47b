import Foundation
import LociCore
import LociPostgres
import LociTestKit
import Testing

@Suite("Long texts and long logs in PostgreSQL") struct LongTextTests {
  @Test("A text of 10 MB is kept whole and found by its first and last words and its heading")
  func longText() async throws {
    let settings = try await PostgresServer.shared.value.settings()
    let database = try await PostgresDatabase.open(settings)
    var generator = SeededGenerator(seed: 3)
    var text = "giraffe 喜歡 "
    while text.utf8.count < 10_000_000 {
      text += String(UInt64.random(in: 0 ... .max, using: &generator), radix: 36) + " "
    }
    var record = try Samples.record("long", text + "zebra")
    record.source = .init(uri: String(repeating: "long/", count: 5000), heading: "Darjeeling")
    try await database.records.apply(
      [.insert(record)], in: record.namespace, actor: nil, at: record.createdAt)
    #expect(try await database.records.get([record.id], namespace: record.namespace) == [record])
    let all = try Samples.everything()
    for (word, count) in [("giraffe", 1), ("喜歡", 1), ("darjeeling", 1), ("zebra", 1)] {
      let found = try await database.records.search(words: word, limit: 9, where: all)
      #expect(found.count == count, "\(word)")
    }
    let filter = Scope(namespace: record.namespace, sourceURI: record.source?.uri)
    #expect(try await database.records.count(where: filter) == 1)
    await database.close()
  }

  @Test("Words in scripts that take the most room are cut, not refused")
  func widestWords() async throws {
    let settings = try await PostgresServer.shared.value.settings()
    let database = try await PostgresDatabase.open(settings)
    let letters = (0..<40_000).map { String(Unicode.Scalar(0x4E00 + $0 % 20_000) ?? "x") }
    let words = (0..<200_000).map { String($0, radix: 36) }
    let texts = [
      letters.joined(), words.joined(separator: " "), String(repeating: "ж", count: 9999),
    ]
    let records = try texts.enumerated().map { try Samples.record("\($0)", $1) }
    try await database.records.apply(
      records.map(RecordChange.insert), in: Namespace("one"), actor: nil, at: .now)
    let found = try await database.records.search(
      words: String(repeating: "ж", count: 9999), limit: 9, where: Samples.everything())
    #expect(found.map(\.id.text) == ["2"])
    await database.close()
  }

  /// Numbers of the rows beside the records.
  private func partCount(_ settings: PostgresSettings) async throws -> String {
    try await PostgresServer.shared.value.sql(
      "SELECT count(*) FROM \"\(settings.schema)\".word_part"
    )
    .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test("A phrase is found wherever the border of two parts falls")
  func border() async throws {
    let settings = try await PostgresServer.shared.value.settings()
    let database = try await PostgresDatabase.open(settings)
    // Of each part, the first 16,000 words; the phrase moves across that border.
    let records = try (0..<24).map { shift in
      let before = (0..<(15_988 + shift)).map { String($0, radix: 36) }
      return try Samples.record(
        "\(shift)", (before + ["10.2.0.1 and after"]).joined(separator: " "))
    }
    try await database.records.apply(
      records.map(RecordChange.insert), in: Namespace("one"), actor: nil, at: .now)
    let found = try await database.records.search(
      words: "10-2-0-1", limit: 99, where: Samples.everything())
    #expect(found.count == 24)
    #expect(found.allSatisfy { $0.spelling == .identifierInOrder })
    await database.close()
  }

  @Test("The parts of a text go with it: by a change, by erasing and by taking over")
  func partsGo() async throws {
    let settings = try await PostgresServer.shared.value.settings()
    let database = try await PostgresDatabase.open(settings)
    let text = (0..<40_000).map { String($0, radix: 36) }.joined(separator: " ")
    let record = try Samples.record("long", text + " zebra")
    let one = record.namespace
    for round in 0..<3 {
      try await database.records.apply([.upsert(record)], in: one, actor: nil, at: .now)
      #expect(try await partCount(settings) == "2")
      switch round {
      case 0:
        var patch = RecordPatch()
        patch.text = "short"
        try await database.records.apply([.patch(record.id, patch)], in: one, actor: nil, at: .now)
      case 1: try await database.records.apply([.delete(record.id)], in: one, actor: nil, at: .now)
      default:
        try await database.records.takeOver(
          RecordTransfer(records: [], erased: [one: [record.id]], log: []))
      }
      #expect(try await partCount(settings) == "0", "round \(round)")
      let found = try await database.records.search(
        words: "zebra", limit: 9, where: Samples.everything())
      #expect(found.isEmpty, "round \(round)")
    }
    await database.close()
  }

  @Test("A store whose texts were cut off is indexed whole when it is opened")
  func olderStore() async throws {
    let settings = try await PostgresServer.shared.value.settings()
    let text = (0..<40_000).map { String($0, radix: 36) }.joined(separator: " ")
    let record = try Samples.record("long", text + " zebra")
    let first = try await PostgresDatabase.open(settings)
    try await first.records.apply([.insert(record)], in: record.namespace, actor: nil, at: .now)
    await first.close()
    try await PostgresDatabase.migrate(settings, to: 4)
    let database = try await PostgresDatabase.open(settings)
    let found = try await database.records.search(
      words: "zebra", limit: 9, where: Samples.everything())
    #expect(found.map(\.id) == [record.id])
    await database.close()
  }

  @Test("Whoever reads the log on from a number, while many write, misses no line")
  func log() async throws {
    let settings = try await PostgresServer.shared.value.settings()
    let stores = [
      try await PostgresDatabase.open(settings), try await PostgresDatabase.open(settings),
    ]
    let writing = Task {
      try await withThrowingTaskGroup { group in
        for writer in 0..<6 {
          group.addTask {
            for round in 0..<25 {
              let changes = try (0..<(1 + round % 3)).map {
                RecordChange.insert(try Samples.record("w\(writer)-\(round)-\($0)"))
              }
              try await stores[writer % 2].records.apply(
                changes, in: Namespace("one"), actor: nil, at: .now)
            }
          }
        }
        try await group.waitForAll()
      }
    }
    var seen: [Int64] = []
    // Every line once: a line that is missed leaves the count short for ever.
    let end = ContinuousClock.now + .seconds(120)
    while seen.count < 6 * 49, .now < end {
      seen += try await stores[0].records.auditLog(after: seen.last ?? 0, limit: 7)
        .map(\.entry.sequence)
    }
    try await writing.value
    let count = try await stores[0].records.count(where: Samples.everything())
    #expect(seen == Array(1...Int64(count)))
    for store in stores { await store.close() }
  }
}
