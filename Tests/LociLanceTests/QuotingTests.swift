import Foundation
import LociCore
import LociLance
import LociTestKit
import Testing

@Suite("Text in LanceDB's conditions") struct QuotingTests {
  private static let pieces = [
    "'", "''", "\"", "\\", "\\'", "`", ";", "--", "/*", "*/", "%", "_", "$1", "?", ":a", "{x}",
    "a", "A", " ", "é", "e\u{301}", "日本", "👍🏽", "\u{FFFD}", "\u{202E}", "OR 1=1", "NULL", "\u{2028}",
  ]
  private static let controls = ["\0", "\u{1}", "\u{2}", "\n", "\r", "\t", "\u{7F}"]

  private static func text(
    _ pieces: [String], using generator: inout SeededGenerator
  ) -> String {
    (0..<Int.random(in: 1...5, using: &generator))
      .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
  }

  @Test("Odd names and sources are found by exactly themselves, whatever they hold [11]")
  func oddTexts() async throws {
    let seed = UInt64.random(in: 0...999_999)
    var generator = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    let store = try await Lance.open(folder.file("lance"))
    let space = Samples.space()
    var entries: [VectorEntry] = []
    for number in 0..<60 {
      let namespace = Self.text(Self.pieces, using: &generator)
      let entry = try Samples.entry(
        "\(number)" + Self.text(Self.pieces, using: &generator),
        Samples.axis(number % 16), in: namespace
      ) { attributes in
        attributes.collection = try Record.Collection(Self.text(Self.pieces, using: &generator))
        attributes.category = try Record.Category(Self.text(Self.pieces, using: &generator))
        attributes.sourceURI = Self.text(Self.pieces + Self.controls, using: &generator)
        attributes.metadata = [
          Self.text(Self.pieces + Self.controls, using: &generator):
            .string(Self.text(Self.pieces + Self.controls, using: &generator))
        ]
      }
      entries.append(entry)
    }
    try await store.upsert(entries, in: space)
    for entry in entries {
      let attributes = entry.attributes
      let filter = Scope(
        namespace: attributes.namespace, collections: [attributes.collection], statuses: nil,
        categories: attributes.category.map { [$0] }, sourceURI: attributes.sourceURI,
        metadata: attributes.metadata.map { MetadataCondition($0.key, .equal, $0.value) })
      let expected = Set(entries.filter { filter.matches($0.attributes) }.map(\.id))
      let found = try await store.search(entry.vector, in: space, limit: 99, where: filter)
      #expect(Set(found.map(\.id)) == expected, "seed \(seed)")
      #expect(
        try await store.get([entry.id], namespace: attributes.namespace, in: space) == [entry],
        "seed \(seed)")
    }
  }

  @Test("A quote is doubled and nothing else is touched")
  func quote() {
    #expect(SQL.quote("") == "''")
    #expect(SQL.quote("it's") == "'it''s'")
    #expect(SQL.quote("'\u{301}") == "'''\u{301}'", "a quote that an accent hangs on")
    #expect(SQL.quote("\\\"\n--") == "'\\\"\n--'")
  }
}
