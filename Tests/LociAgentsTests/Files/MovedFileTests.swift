import Foundation
import Loci
import LociAgents
import LociTestKit
import Testing

@Suite("Files that are edited, moved and renamed")
struct MovedFileTests {
  @Test(
    "Lines stay true after edits above, and nothing is embedded for it",
    arguments: TestBackend.allCases)
  func lines(_ backend: TestBackend) async throws {
    let fixture = try await FileFixture(backend)
    let text = FileFixture.text("tea", sections: 5)
    try fixture.write("a.md", text)
    try await fixture.ingest()
    try await fixture.expectTrueLines("a.md")
    let (before, count) = (try await fixture.chunks("a.md"), fixture.embedder.embeddedCount)
    try fixture.write("a.md", "\n\n\n" + text)
    let report = try await fixture.ingest()
    #expect(report.movedCount == before.count && report.addedCount == 0)
    #expect(fixture.embedder.embeddedCount == count)
    try await fixture.expectTrueLines("a.md")
    let after = try await fixture.chunks("a.md")
    #expect(after.map(\.id) == before.map(\.id))
    #expect(
      after.map { $0.source?.lines?.lowerBound }
        == before.map {
          $0.source?.lines.map { $0.lowerBound + 3 }
        })
    try fixture.write(
      "a.md", "# New\n\nAn opening that was not there before this day came.\n\n" + text)
    let second = try await fixture.ingest()
    #expect(second.addedCount == 1 && fixture.embedder.embeddedCount == count + 1)
    try await fixture.expectTrueLines("a.md")
    let hits = try await fixture.notes.recall("section 3", limit: 10, leastRelevance: 0).hits
    let hit = try #require(hits.first { $0.record.text.contains("tea3") })
    #expect(hit.record.source?.lines == 13...15)
  }

  @Test(
    "A moved file keeps records and vectors: nothing is embedded", arguments: TestBackend.allCases)
  func moved(_ backend: TestBackend) async throws {
    let fixture = try await FileFixture(backend)
    for name in ["tea", "coffee", "water"] {
      try fixture.write("\(name).md", FileFixture.text(name))
    }
    try await fixture.ingest()
    let (before, count) = (try await fixture.chunks("tea.md"), fixture.embedder.embeddedCount)
    try fixture.move("tea.md", to: "drinks/green.md")
    let report = try await fixture.ingest()
    #expect(fixture.embedder.embeddedCount == count && report.embeddedCount == 0)
    let moved = try #require(report.movedSources.first)
    #expect(report.movedSources.count == 1)
    #expect(moved.from == fixture.uri("tea.md") && moved.to == fixture.uri("drinks/green.md"))
    #expect(report.removedSources.isEmpty && report.removedCount == 0 && report.addedCount == 0)
    #expect(try await fixture.chunks("tea.md").isEmpty)
    #expect(try await fixture.chunks("drinks/green.md").map(\.id) == before.map(\.id))
    try await fixture.expectTrueLines("drinks/green.md")
    let found = try await fixture.notes.recall(
      "tea of section 2", leastRelevance: 0,
      where: Filter(sourceURI: fixture.uri("drinks/green.md"))
    ).hits
    #expect(!found.isEmpty && found.allSatisfy { $0.similarity != nil })
    for report in try await fixture.agent.memory.fsck(repairs: false) { #expect(report.isClean) }
  }

  @Test(
    "A moved file that was edited, too, is embedded where it changed",
    arguments: TestBackend.ofRecords)
  func movedAndEdited(_ backend: TestBackend) async throws {
    let fixture = try await FileFixture(backend)
    let text = FileFixture.text("tea", sections: 6)
    try fixture.write("tea.md", text)
    try await fixture.ingest()
    let count = fixture.embedder.embeddedCount
    try fixture.remove("tea.md")
    try fixture.write("b.md", text + "\n# Last\n\nOne more section was added to it just now.\n")
    let report = try await fixture.ingest()
    #expect(report.movedSources.count == 1 && report.addedCount == 1)
    #expect(fixture.embedder.embeddedCount == count + 1)
    try await fixture.expectTrueLines("b.md")
  }

  @Test("What takes the old place is a file of its own, also with the same text")
  func takenPlace() async throws {
    for backend in TestBackend.ofRecords {
      let fixture = try await FileFixture(backend)
      try fixture.write("a.md", FileFixture.text("tea"))
      try await fixture.ingest()
      try fixture.move("a.md", to: "b.md")
      try await fixture.ingest()
      try fixture.write("a.md", FileFixture.text("tea"))
      try await fixture.ingest()
      let (a, b) = (try await fixture.chunks("a.md"), try await fixture.chunks("b.md"))
      #expect(a.map(\.text) == b.map(\.text) && !a.isEmpty)
      #expect(Set(a.map(\.whole)).isDisjoint(with: b.map(\.whole)))
      // Both change, and both go on.
      try fixture.write("a.md", FileFixture.text("coffee"))
      try fixture.write("b.md", FileFixture.text("coffee"))
      try await fixture.ingest()
      #expect(try await fixture.chunks("a.md").count == 4)
      #expect(try await fixture.chunks("b.md").count == 4)
      #expect(try await fixture.notes.files.file(at: fixture.uri("b.md"))?.versions.count == 2)
    }
  }

  @Test("A renamed folder is recognised file by file, copies by their names")
  func folder() async throws {
    let fixture = try await FileFixture(.sqlite)
    for index in 0..<20 {
      try fixture.write("old/\(index)/licence.md", FileFixture.text("licence"))
      try fixture.write("old/\(index)/readme.md", FileFixture.text("reader\(index)"))
    }
    try await fixture.ingest()
    let count = fixture.embedder.embeddedCount
    var wholes: [Int: RecordID?] = [:]
    for index in 0..<20 {
      wholes[index] = try await fixture.chunks("old/\(index)/licence.md").first?.whole
    }
    try fixture.move("old", to: "new")
    let report = try await fixture.ingest()
    #expect(report.movedSources.count == 40 && fixture.embedder.embeddedCount == count)
    #expect(report.keptSources.isEmpty && report.isComplete)
    for index in 0..<20 {
      #expect(try await fixture.chunks("new/\(index)/licence.md").first?.whole == wholes[index])
    }
  }

  @Test("A single file that was renamed in its folder is recognised, a copy is not")
  func single() async throws {
    let fixture = try await FileFixture(.sqlite)
    try fixture.write("a.md", FileFixture.text("tea"))
    try await fixture.ingest("a.md")
    try fixture.write("copy.md", FileFixture.text("tea"))
    #expect(try await fixture.ingest("copy.md").movedSources.isEmpty)
    let count = fixture.embedder.embeddedCount
    try fixture.move("a.md", to: "b.md")
    #expect(try await fixture.ingest("b.md").movedSources.count == 1)
    #expect(fixture.embedder.embeddedCount == count)
    #expect(try await fixture.chunks("a.md").isEmpty)
  }

  @Test("Names from another planet are refused one by one, and the others are taken in")
  func names() async throws {
    let fixture = try await FileFixture(.sqlite)
    let bad = [
      "back\\slash.md", "bell\u{7}.md", "new\nline.md", "txt.\u{202E}dm.md", "sep\u{2028}.md",
      "thoughts....md",
    ]
    for name in bad + ["fine ü 喜 🙂.md", "a.b.md"] { try fixture.write(name, "Some words.") }
    let report = try await fixture.ingest()
    #expect(report.readCount == 2 && report.skipped.count == bad.count)
    #expect(report.skipped.allSatisfy { $0.reason.code == .unsupported })
    for name in bad {
      let refused = try await error { try await fixture.ingest(name) }
      #expect(refused.code == .unsupported)
    }
    let size = 51 << 20
    try fixture.write("large.md", String(repeating: "word ", count: size / 5))
    let large = try await error {
      try await fixture.notes.ingest(fixture.docs.appending(path: "large.md"))
    }
    #expect(large.code == .invalidArgument && large.message.contains("52428800"))
  }
}
