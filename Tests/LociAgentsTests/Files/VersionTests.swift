import Foundation
import Loci
import LociAgents
import LociTestKit
import Testing

@Suite("What files said earlier")
struct FileVersionTests {
  @Test("Each text can be had again, a moved file's, too", arguments: TestBackend.ofRecords)
  func versions(_ backend: TestBackend) async throws {
    let fixture = try await FileFixture(backend)
    let texts = (1...3).map { FileFixture.text("tea\($0)") + "\u{1}\u{202E}é\"\\ 喜" }
    for text in texts {
      try fixture.write("a.md", text)
      try await fixture.ingest()
      try await fixture.ingest()
    }
    let files = fixture.notes.files
    let file = try #require(try await files.file(at: fixture.uri("a.md")))
    #expect(file.versions.map(\.number) == [1, 2, 3] && file.versions.allSatisfy(\.isKept))
    #expect(file.versions.map(\.byteCount) == texts.map(\.utf8.count))
    #expect(try await files.list().map(\.uri) == [fixture.uri("a.md")])
    for (number, text) in texts.enumerated() {
      #expect(try await files.text(of: fixture.uri("a.md"), version: number + 1) == text)
    }
    #expect(try await files.text(of: fixture.uri("a.md")) == texts[2])
    try fixture.move("a.md", to: "b.md")
    try await fixture.ingest()
    #expect(try await files.file(at: fixture.uri("a.md")) == nil)
    #expect(try await files.text(of: fixture.uri("b.md"), version: 1) == texts[0])
    #expect(try await files.file(at: fixture.uri("b.md"))?.id == file.id)
    for (address, version) in [("/nowhere", nil), (fixture.uri("b.md"), 9)] as [(String, Int?)] {
      let missing = try await error { _ = try await files.text(of: address, version: version) }
      #expect(missing.code == .notFound)
    }
  }

  @Test(
    "No more is kept than was said, and nothing is left of what goes",
    arguments: TestBackend.ofRecords)
  func limits(_ backend: TestBackend) async throws {
    var fixture = try await FileFixture(backend)
    fixture.options.keeping = FileLimits(versions: 2)
    for number in 1...6 {
      try fixture.write("a.md", "version \(number) of the text")
      try await fixture.ingest()
    }
    let uri = fixture.uri("a.md")
    #expect(try await fixture.notes.files.file(at: uri)?.versions.map(\.number) == [4, 5, 6])
    #expect(try await fixture.keys(.fileTexts).count == 3)
    fixture.options.keeping = FileLimits(bytes: 60)
    try fixture.write("a.md", "version 7 of the text")
    try await fixture.ingest()
    #expect(try await fixture.notes.files.file(at: uri)?.versions.map(\.number) == [6, 7])
    fixture.options.keeping = FileLimits(bytes: 5)
    try fixture.write("a.md", "version 8 of the text")
    try await fixture.ingest()
    let file = try #require(try await fixture.notes.files.file(at: uri))
    #expect(file.versions.last?.isKept == false)
    fixture.options.keeping = FileLimits(versions: 0)
    try fixture.write("a.md", "version 9 of the text")
    try await fixture.ingest()
    #expect(try await fixture.keys(.fileTexts).isEmpty)
    let refused = try await error { _ = try await fixture.notes.files.text(of: uri) }
    #expect(refused.code == .notFound)
    fixture.options.keeping = FileLimits()
    try await fixture.ingest()
    #expect(try await fixture.notes.files.text(of: uri) == "version 9 of the text")
  }

  @Test("A text of many parts comes back as it was", arguments: TestBackend.ofRecords)
  func parts(_ backend: TestBackend) async throws {
    let fixture = try await FileFixture(backend)
    // Characters of three bytes, so that parts can't all end where 64 KiB do.
    let text = "a" + String(repeating: "喜歡茶。", count: 20_000)
    try await fixture.notes.ingest(text: text, uri: "https://example.org/tea", format: .plain)
    #expect(try await fixture.keys(.fileTexts).count == 4)
    let again = try await fixture.notes.files.text(of: "https://example.org/tea")
    #expect(again == text)
    let part = try #require(try await fixture.keys(.fileTexts).last)
    try await fixture.agent.memory.records.setKeyValue(
      KeyName(part, on: .fileTexts, in: fixture.notes.namespace), to: "\"\"", at: Date(),
      expecting: .anything)
    let damaged = try await error {
      _ = try await fixture.notes.files.text(of: "https://example.org/tea")
    }
    #expect(damaged.code == .corrupt)
  }

  @Test(
    "A file that vanished keeps what it said until it is forgotten, then nothing is left",
    arguments: TestBackend.ofRecords)
  func forgotten(_ backend: TestBackend) async throws {
    let fixture = try await FileFixture(backend)
    for name in ["tea", "coffee"] {
      for version in 1...2 {
        try fixture.write("\(name).md", FileFixture.text("\(name)\(version)"))
        try await fixture.ingest()
      }
    }
    try fixture.remove("tea.md")
    #expect(try await fixture.ingest().removedSources == [fixture.uri("tea.md")])
    let files = fixture.notes.files
    #expect(try await fixture.chunks("tea.md").isEmpty)
    #expect(try await files.file(at: fixture.uri("tea.md"))?.vanishedAt != nil)
    #expect(try await files.text(of: fixture.uri("tea.md"), version: 1) == FileFixture.text("tea1"))
    // It comes back, and goes on where it was.
    try fixture.write("tea.md", FileFixture.text("tea3"))
    try await fixture.ingest()
    let back = try #require(try await files.file(at: fixture.uri("tea.md")))
    #expect(back.vanishedAt == nil && back.versions.count == 3)
    try fixture.remove("tea.md")
    try await fixture.ingest()
    let forgotten = try await files.forget(fixture.uri("tea.md"))
    #expect(forgotten.sources == [fixture.uri("tea.md")] && forgotten.recordCount == 0)
    #expect(try await files.list().map(\.uri) == [fixture.uri("coffee.md")])
    let kept = try await files.list()[0].id.text
    #expect(try await fixture.keys(.fileTexts).allSatisfy { $0.hasPrefix(kept) })
    let rest = try await files.forget(TextFile.canonicalPath(of: fixture.docs))
    #expect(rest.sources.count == 1 && rest.recordCount == 4)
    for shelf in [KeyShelf.files, .fileTexts] { #expect(try await fixture.keys(shelf).isEmpty) }
    #expect(try await fixture.notes.recall("coffee", leastRelevance: 0).hits.isEmpty)
  }

  @Test("Forgetting a chunk lets go of the texts that hold it")
  func forgottenChunk() async throws {
    let fixture = try await FileFixture(.sqlite)
    try fixture.write("a.md", FileFixture.text("tea"))
    try await fixture.ingest()
    let chunk = try #require(try await fixture.chunks("a.md").first)
    try await fixture.notes.forget([chunk.id])
    #expect(try await fixture.keys(.fileTexts).isEmpty)
    #expect(try await fixture.notes.files.file(at: fixture.uri("a.md"))?.versions.count == 1)
  }

  @Test("Two that ingest at once agree on the versions", arguments: TestBackend.ofRecords)
  func together(_ backend: TestBackend) async throws {
    let fixture = try await FileFixture(backend)
    for version in 1...3 {
      for index in 0..<5 { try fixture.write("\(index).md", "text \(version) of \(index)") }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 { group.addTask { try await fixture.ingest() } }
        try await group.waitForAll()
      }
    }
    for index in 0..<5 {
      let file = try #require(try await fixture.notes.files.file(at: fixture.uri("\(index).md")))
      #expect(file.versions.map(\.number) == [1, 2, 3])
      for version in 1...3 {
        #expect(
          try await fixture.notes.files.text(of: file.uri, version: version)
            == "text \(version) of \(index)")
      }
    }
    #expect(try await fixture.keys(.fileTexts).count == 15)
  }
}
