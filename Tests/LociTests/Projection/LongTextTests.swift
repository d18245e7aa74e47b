import Foundation
import Loci
import LociSQLite
import LociTestKit
import Testing

/// The end of a text that is longer than the model reads.
@Suite("Long texts") struct LongTextTests {
  private let fixture: Fixture
  private var bot: MemoryNamespace { fixture.bot }

  init() async throws {
    fixture = try await Fixture(FaultyEmbedder(BagOfWordsEmbedder(maximumTokens: 32)))
  }

  private static func words(_ count: Int, _ word: String) -> String {
    (0..<count).map { "\(word)\($0)" }.joined(separator: " ")
  }

  private func parts(of id: RecordID) async throws -> [Int] {
    let vectors = try await fixture.memory.vectors
    return try await vectors.get([id], namespace: bot.namespace, in: fixture.embedder.space)
      .map(\.part).sorted()
  }

  @Test("Its end is found by meaning, through vectors of its parts")
  func end() async throws {
    let text = Self.words(200, "filler") + " the ferry leaves at nine"
    let long = try await bot.remember(text)
    #expect(!long.isTruncated)
    for number in 0..<30 { try await bot.remember(Self.words(20, "other\(number)x")) }
    #expect(try await parts(of: long.record.id) == Array(0..<9))
    let recall = try await bot.recall("ferry leaves nine", mode: .semantic, leastRelevance: 0)
    let hit = try #require(recall.hits.first)
    #expect(hit.record.id == long.record.id)
    let meaning = hit.explanation.parts.first { $0.name == "meaning" }
    #expect(meaning?.factor?.name == "cosine of a part")
    #expect((hit.similarity?.value ?? 1) < Float(meaning?.factor?.value ?? 0))
    #expect(recall.stages.contains { $0.name == "parts" && $0.count == 1 })
  }

  @Test("Parts follow the text: fewer, more, none")
  func changes() async throws {
    let id = try await bot.remember(Self.words(200, "a")).record.id
    for count in [60, 300, 10, 100] {
      var patch = RecordPatch()
      patch.text = Self.words(count, "b\(count)x")
      try await bot.update(id, with: patch)
      let found = try await parts(of: id)
      #expect(found == Array(0..<found.count), "\(count) words")
      #expect((count / 40 + 1...count / 20 + 1).contains(found.count), "\(count) words")
      for report in try await fixture.memory.fsck(repairs: false) { #expect(report.isClean) }
    }
    try await bot.forget([id])
    #expect(try await parts(of: id).isEmpty)
  }

  @Test("A text of a million words has 32 vectors, and what comes after is said to be left out")
  func bound() async throws {
    let remembered = try await bot.remember(Self.words(1_000_000, "w"))
    #expect(remembered.isTruncated)
    #expect(try await parts(of: remembered.record.id) == Array(0..<32))
  }

  @Test(
    "Any text is cut without a trap, and nothing of it is left out",
    arguments: ["a", "é ", "😀", "👩‍👩‍👧‍👦", "東京", "x\u{301}", "\n", "word "])
  func anyText(unit: String) async throws {
    for count in [1, 100, 255, 1000] {
      let text = "start " + String(repeating: unit, count: count)
      let record = try Samples.record("a", text)
      let parts = try TextParts(of: record, for: ByteEmbedder(limit: 64))
      #expect(parts.rest.count < 32)
      let bytes = Array(text.utf8)
      #expect(parts.rest.allSatisfy { bytes.contains(Array($0.utf8)) })
      #expect(parts.rest.map(\.utf8.count).max() ?? 0 <= 64)
      if let last = parts.rest.last, !parts.isCut { #expect(bytes.ends(with: Array(last.utf8))) }
    }
  }

  @Test("What an earlier Loci embedded by its beginning alone, fsck completes")
  func earlier() async throws {
    let id = try await bot.remember(Self.words(100, "a")).record.id
    let vectors = try await fixture.memory.vectors
    let space = fixture.embedder.space
    let first = try await vectors.get([id], namespace: bot.namespace, in: space)
      .filter { $0.part == 0 }
    try await vectors.delete([id], namespace: bot.namespace, in: space)
    try await vectors.upsert(first, in: space)
    let found = try await fixture.memory.fsck(repairs: false)
    #expect(found.first?.findings.missing == 1)
    _ = try await fixture.memory.fsck(repairs: true)
    #expect(try await parts(of: id).count > 2)
    for report in try await fixture.memory.fsck(repairs: false) { #expect(report.isClean) }
  }
}

extension Remembered {
  fileprivate var isTruncated: Bool {
    if case .embedded(isTruncated: true) = projection { true } else { false }
  }
}

/// Counts bytes as tokens.
private struct ByteEmbedder: Embedder {
  let space: EmbeddingSpace

  init(limit: Int) {
    space = EmbeddingSpace(
      provider: "test", model: "bytes", revision: "1", dimension: 4, pooling: .mean,
      maximumTokens: limit)
  }

  func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [Embedding] { [] }
  func tokenCount(of text: String) throws -> Int { text.utf8.count }
}

extension [UInt8] {
  fileprivate func ends(with other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }
}
