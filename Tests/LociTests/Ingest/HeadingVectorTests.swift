import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Headings are embedded with the texts below them")
struct HeadingVectorTests {
  private let fixture: Fixture
  private let file: URL

  init() async throws {
    fixture = try await Fixture()
    file = fixture.folder.file("river.md")
  }

  private var body: String {
    "lorem ipsum dolor sit amet " + String(repeating: "filler ", count: 60)
  }

  @discardableResult
  private func ingest(_ text: String) async throws -> IngestReport {
    try Data(text.utf8).write(to: file)
    return try await fixture.bot.ingest(file, options: IngestOptions(chunkTokens: 40))
  }

  private func chunks() async throws -> [Record] {
    try await fixture.bot.list(
      where: Filter(collections: [.chunks])
    )
    .sorted { $0.source?.lines?.lowerBound ?? 0 < $1.source?.lines?.lowerBound ?? 0 }
  }

  /// Whether every chunk's vector is what its text and headings give.
  private func expectFreshVectors() async throws {
    let records = try await chunks()
    let space = fixture.embedder.space
    let entries = try await fixture.memory.vectors.get(
      records.map(\.id), namespace: fixture.bot.namespace, in: space)
    #expect(entries.count == records.count && !records.isEmpty)
    for record in records {
      let entry = try #require(entries.first { $0.id == record.id })
      let wanted = try await fixture.embedder.embed([record.passage], as: .passage)[0].vector
      #expect(entry.vector == wanted)
    }
  }

  @Test("A part that does not hold its heading is found by it")
  func found() async throws {
    try await ingest("# Kingfisher\n\n\(body)")
    let records = try await chunks()
    #expect(records.count > 1 && records.allSatisfy { $0.source?.heading == "Kingfisher" })
    #expect(records.last?.text.contains("Kingfisher") == false)
    #expect(records.last?.passage.hasPrefix("Kingfisher\n\nfiller") == true)
    try await expectFreshVectors()
  }

  @Test("A renamed heading gives the parts below it new vectors and leaves their records")
  func renamed() async throws {
    try await ingest("# Kingfisher\n\n\(body)")
    let before = Set(try await chunks().map(\.id))
    let report = try await ingest("# Heron\n\n\(body)")
    #expect(report.movedCount >= 1 && report.addedCount == 1)
    #expect(report.embeddedCount == report.movedCount + report.addedCount)
    #expect(!before.isDisjoint(with: try await chunks().map(\.id)))
    try await expectFreshVectors()
  }

  @Test("A run that fails between two headings leaves parts without vectors, none with old ones")
  func failed() async throws {
    try await ingest("# Kingfisher\n\n\(body)")
    fixture.embedder.isBroken = true
    let report = try await ingest("# Heron\n\n\(body)")
    #expect(report.pendingCount == report.movedCount + report.addedCount)
    fixture.embedder.isBroken = false
    _ = try await fixture.bot.backfill()
    try await expectFreshVectors()
  }

  @Test("A record whose source is changed by hand is embedded under its new heading")
  func updated() async throws {
    try await ingest("# Kingfisher\n\n\(body)")
    let record = try #require(try await chunks().last)
    var patch = RecordPatch()
    patch.source = Record.Source(uri: file.path, heading: "Dipper")
    let outcome = try await fixture.bot.update(record.id, with: patch)
    guard case .embedded = outcome.projection else {
      Issue.record("\(outcome.projection)")
      return
    }
    try await expectFreshVectors()
  }

  @Test("A text and its headings are never longer than the model reads")
  func room() async throws {
    let headings = (1...6).map { String(repeating: "#", count: $0) + " level \($0) of the tree" }
    let text = headings.joined(separator: "\n\n") + "\n\n" + String(repeating: "word ", count: 600)
    try Data(text.utf8).write(to: file)
    _ = try await fixture.bot.ingest(file)
    for record in try await chunks() {
      let count = try fixture.embedder.tokenCount(of: record.passage)
      #expect(count <= fixture.embedder.space.maximumTokens - 2)
    }
  }

  @Test("What a document says of itself is its chunks' metadata, and follows it")
  func frontMatter() async throws {
    try await ingest("---\ntitle: Kingfisher\nyear: 2020\n---\n\(body)")
    let first = try #require(try await chunks().first)
    #expect(first.metadata["title"] == "Kingfisher" && first.metadata["year"] == 2020)
    #expect(first.source?.heading == "Kingfisher")
    var patch = RecordPatch()
    patch.metadata = ["mine": true]
    try await fixture.bot.update(first.id, with: patch)
    let report = try await ingest("---\ntitle: Kingfisher\ncolour: blue\n---\n\(body)")
    #expect(report.movedCount == (try await chunks().count) && report.embeddedCount == 0)
    let after = try #require(try await chunks().first)
    #expect(after.metadata["colour"] == "blue" && after.metadata["year"] == nil)
    #expect(after.metadata["mine"] == true, "what somebody else said stays")
    try await ingest(body)
    #expect(try await chunks().first?.metadata == ["mine": true])
    let found = try await fixture.bot.list(
      where: Filter(
        collections: [.chunks], metadata: [MetadataCondition("year", .equal, 2020)]))
    #expect(found.isEmpty)
  }
}
