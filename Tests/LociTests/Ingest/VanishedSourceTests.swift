import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Sources that vanished")
struct VanishedSourceTests {
  private let fixture: Fixture
  private let docs: URL

  init() async throws {
    fixture = try await Fixture()
    docs = fixture.folder.file("docs")
  }

  private func write(_ paths: String...) throws { try write(paths) }

  private func write(_ paths: [String]) throws {
    for path in paths {
      let url = docs.appending(path: path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("Something about \(path).".utf8).write(to: url)
    }
  }

  private func remove(_ paths: String...) throws {
    for path in paths { try FileManager.default.removeItem(at: docs.appending(path: path)) }
  }

  @discardableResult
  private func ingest(_ url: URL? = nil, removesVanished: Bool = false) async throws -> IngestReport
  {
    try await fixture.bot.ingest(
      url ?? docs, options: IngestOptions(removesVanished: removesVanished))
  }

  /// The last parts of what is remembered.
  private func remembered() async throws -> [String] {
    let base = TextFile.canonicalPath(of: docs)
    return try await fixture.bot.sources(at: base).map { String($0.dropFirst(base.count + 1)) }
  }

  @Test("A name that was normalised otherwise leaves one source, not two and not none")
  func normalised() async throws {
    try write("cafe\u{301}.md", "other.md")
    try await ingest()
    try remove("cafe\u{301}.md")
    try write("caf\u{E9}.md")
    let report = try await ingest()
    #expect(report.removedSources.count == 1 && report.addedCount == 1)
    let sources = try await remembered()
    #expect(sources.map { Array($0.utf8) } == ["caf\u{E9}.md", "other.md"].map { Array($0.utf8) })
  }

  @Test("A heading that was normalised otherwise is written anew")
  func heading() async throws {
    let file = docs.appending(path: "a.md")
    try write("a.md")
    for heading in ["Cafe\u{301}", "Caf\u{E9}"] {
      try Data("# \(heading)\n\nThe same words.\n".utf8).write(to: file)
      try await ingest()
      let headings = try await fixture.bot.list().compactMap { $0.source?.heading }
      #expect(headings.map { Array($0.utf8) } == [Array(heading.utf8)])
    }
  }

  @Test("Another case, a folder in a file's place and a file in a folder's are followed")
  func changedKinds() async throws {
    try write("Read.md", "file.md", "folder.md/x.md", "stays.md")
    try await ingest()
    try remove("Read.md", "file.md", "folder.md")
    try write("read.md", "file.md/y.md", "folder.md")
    try await ingest()
    #expect(try await remembered() == ["file.md/y.md", "folder.md", "read.md", "stays.md"])
  }

  @Test("A path that is a file now and was a folder leaves nothing of the folder, and back")
  func ownPath() async throws {
    try write("a.md/x.md", "a.md/y.md")
    let path = docs.appending(path: "a.md")
    try await ingest(path)
    try remove("a.md")
    try write("a.md")
    #expect(try await ingest(path).removedSources.count == 2)
    #expect(try await remembered() == ["a.md"])
    try remove("a.md")
    try write("a.md/z.md")
    #expect(try await ingest(path).removedSources.count == 1)
    #expect(try await remembered() == ["a.md/z.md"])
  }

  @Test("Files of a folder that was ingested by itself belong to the one above, too")
  func parent() async throws {
    try write("sub/a.md", "sub/b.md", "c.md")
    try await ingest(docs.appending(path: "sub"))
    try remove("sub/a.md")
    let report = try await ingest()
    #expect(report.unchangedCount == 1 && report.addedCount == 1)
    #expect(try await remembered() == ["c.md", "sub/b.md"])
  }

  @Test("A path where nothing is any more says what is remembered, and forgetting it forgets that")
  func missing() async throws {
    try write("sub/a.md", "sub/b.md", "c.md")
    try await ingest()
    let sub = docs.appending(path: "sub")
    let link = fixture.folder.file("link")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: sub)
    try remove("sub")
    for path in [sub, link] {
      let error = try await #require(throws: LociError.self) { try await ingest(path) }
      #expect(error.code == .notFound && error.description.contains("2 sources"))
      #expect(error.description.contains("loci forget --source"))
    }
    let forgotten = try await fixture.bot.forget(source: TextFile.canonicalPath(of: link))
    #expect(forgotten.sources.count == 2 && forgotten.recordCount == 2)
    #expect(try await remembered() == ["c.md"])
    #expect(try await fixture.bot.forget(source: sub.path).sources.isEmpty)
    let error = try await #require(throws: LociError.self) { try await ingest(sub) }
    #expect(error.code == .notFound && !error.description.contains("remembered"))
  }

  @Test("Forgetting a source takes no other namespace's, and no name that only begins the same")
  func neighbours() async throws {
    try write("a.md", "a.md.txt", "ab/c.md")
    try await ingest()
    let other = try fixture.memory.namespace("bot:eve")
    try await other.ingest(docs)
    try await fixture.bot.forget(source: TextFile.canonicalPath(of: docs.appending(path: "a.md")))
    try await fixture.bot.forget(source: TextFile.canonicalPath(of: docs.appending(path: "a")))
    #expect(try await remembered() == ["a.md.txt", "ab/c.md"])
    #expect(try await other.count() == 3)
    #expect(try await fixture.bot.forget(source: docs.path + "/").recordCount == 2)
    #expect(throws: LociError.self) { try FileSelection(include: [""]) }
    await #expect(throws: LociError.self) { try await fixture.bot.forget(source: "") }
  }

  @Test("An empty folder where many were keeps them until it is told otherwise")
  func emptyFolder() async throws {
    try write((0..<5).map { "\($0).md" })
    try await ingest()
    try remove("0.md", "1.md", "2.md", "3.md", "4.md")
    let report = try await ingest()
    #expect(report.keptSources.count == 5 && report.removedSources.isEmpty)
    #expect(!report.isComplete)
    #expect(try await remembered().count == 5)
    let told = try await ingest(removesVanished: true)
    #expect(told.removedSources.count == 5 && told.isComplete)
    #expect(try await fixture.bot.count() == 0)
  }

  @Test("An empty folder inside keeps its own; what vanished elsewhere goes")
  func emptyFolderInside() async throws {
    try write((0..<4).map { "disk/\($0).md" } + (0..<9).map { "\($0).md" })
    try await ingest()
    try remove("disk/0.md", "disk/1.md", "disk/2.md", "disk/3.md", "8.md")
    let report = try await ingest()
    #expect(report.keptSources.count == 4 && report.removedSources.count == 1)
  }

  @Test("Most of many gone at once are kept, the smaller part of them is removed")
  func most() async throws {
    try write((0..<24).map { "\($0 + 10).md" })
    try await ingest()
    for index in 0..<12 { try remove("\(index + 10).md") }
    #expect(try await ingest().removedSources.count == 12)
    for index in 12..<23 { try remove("\(index + 10).md") }
    #expect(try await ingest().keptSources.count == 11)
    try write("new.md")
    #expect(try await ingest().keptSources.count == 11)
    #expect(try await ingest(removesVanished: true).removedSources.count == 11)
  }
}
