import Foundation
import LociCore
import LociTestKit
import Testing

@Suite("Records, names and filters")
struct RecordTests {
  private static let time = Date(timeIntervalSince1970: 1_700_000_000.1234)

  private func record(_ text: String, importance: Int = 3, metadata: Metadata = [:]) throws
    -> Record
  {
    try Record(
      id: RecordID("a"), namespace: Namespace("n"), text: text, metadata: metadata,
      importance: importance, createdAt: Self.time)
  }

  @Test("A blank text is refused", arguments: ["", " ", "\n\t\u{3000}"])
  func blank(text: String) {
    #expect(throws: LociError.self) { try record(text) }
  }

  @Test("Records that differ only in a text's normalisation differ")
  func normalisation() throws {
    let (old, new) = ("cafe\u{301}", "caf\u{E9}")
    func made(_ texts: [String]) throws -> Record {
      try Record(
        id: RecordID("a"), namespace: Namespace("n"), text: texts[0],
        metadata: [texts[1]: "x"], author: texts[2],
        source: .init(uri: texts[3], heading: texts[4]), createdAt: Self.time)
    }
    let all = Array(repeating: old, count: 5)
    let record = try made(all)
    #expect(try made(all) == record)
    for index in all.indices {
      var texts = all
      texts[index] = new
      #expect(try made(texts) != record, "\(index)")
    }
    var other = all
    other[3] = new
    #expect(try VectorAttributes(of: made(other)) != VectorAttributes(of: record))
  }

  @Test("What is out of range is refused")
  func ranges() {
    #expect(throws: LociError.self) { try record("x", importance: 0) }
    #expect(throws: LociError.self) { try record("x", importance: 6) }
    #expect(throws: LociError.self) { try record("x", metadata: ["k": .number(.nan)]) }
  }

  @Test("Names are short, not empty and free of control characters")
  func names() throws {
    for bad in ["", "a\u{0}b", "a\nb", String(repeating: "é", count: 129)] {
      #expect(throws: LociError.self) { try Namespace(bad) }
      #expect(throws: LociError.self) { try RecordID(bad) }
    }
    #expect(try Namespace("bot:ädä 東").name == "bot:ädä 東")
  }

  @Test("The hash follows the text, and times are whole milliseconds")
  func derived() throws {
    var record = try record("one")
    record.text = "two"
    #expect(record.contentHash == ContentHash(of: "two"))
    #expect(record.createdAt.millisecondsSince1970 == 1_700_000_000_123)
    #expect(record.createdAt.wholeMilliseconds == record.createdAt)
  }

  @Test("Generated ids are ordered by time and never repeat")
  func generatedIDs() {
    var generator = SeededGenerator(seed: 7)
    let ids = (0..<1000).map {
      RecordID.generate(atMilliseconds: 1_700_000_000_000 + Int64($0), using: &generator)
    }
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.text.count == 36 && $0.text.dropFirst(14).first == "7" })
  }

  @Test("A patch changes what it names and nothing else")
  func patch() throws {
    let before = try record("one", metadata: ["keep": "k", "drop": 1])
    var patch = RecordPatch()
    patch.importance = 5
    patch.metadata = ["new": true]
    patch.removedMetadata = ["drop"]
    let after = try patch.applied(to: before, at: Self.time.addingTimeInterval(1))
    #expect(after.text == "one")
    #expect(after.importance == 5)
    #expect(after.metadata == ["keep": "k", "new": true])
    patch.importance = 9
    #expect(throws: LociError.self) { try patch.applied(to: before, at: Self.time) }
  }

  @Test("An error's description shows no user text; its debug description may")
  func errorPrivacy() {
    let error = LociError(.conflict, "It exists.", remedy: "Take another.", detail: "secret")
    #expect(!error.description.contains("secret"))
    #expect(error.debugDescription.contains("secret"))
    #expect(String(describing: error) == "It exists. Take another.")
  }

  @Test("Metadata conditions compare like with like")
  func conditions() {
    let metadata: Metadata = ["n": 2, "s": "b", "t": true]
    let passing = [
      MetadataCondition("n", .equal, 2), MetadataCondition("n", .less, 3),
      MetadataCondition("n", .greaterOrEqual, 2), MetadataCondition("s", .greater, "a"),
      MetadataCondition("t", .greater, false), MetadataCondition("x", .notEqual, 1),
      MetadataCondition("n", .notEqual, "2"),
    ]
    let failing = [
      MetadataCondition("n", .equal, "2"), MetadataCondition("n", .less, "3"),
      MetadataCondition("x", .equal, 1), MetadataCondition("x", .lessOrEqual, 1),
      MetadataCondition("t", .equal, 1), MetadataCondition("s", .less, "a"),
    ]
    for condition in passing { #expect(condition.matches(metadata), "\(condition)") }
    for condition in failing { #expect(!condition.matches(metadata), "\(condition)") }
  }
}
