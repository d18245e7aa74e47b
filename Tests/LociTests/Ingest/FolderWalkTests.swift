import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Walking folders")
struct FolderWalkTests {
  private let temporary: TemporaryFolder
  private let root: URL

  init() throws {
    temporary = try TemporaryFolder()
    root = temporary.file("docs")
  }

  private func write(_ paths: String...) throws {
    for path in paths {
      let url = root.appending(path: path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("text".utf8).write(to: url)
    }
  }

  @Test("Texts are found in order; hidden, made and other files are not")
  func texts() throws {
    try write(
      "b.md", "a/z.TXT", "a.b/c.swift", "README", ".hidden.md", ".git/x.md",
      "node_modules/p/readme.md", "sub/build/x.md", "image.png", "Makefile", "é 河.md")
    let findings = try FolderWalk(root).findings()
    #expect(
      findings.files.map(\.relativePath) == ["README", "a.b/c.swift", "a/z.TXT", "b.md", "é 河.md"])
    #expect(findings.files.map(\.format) == [.plain, .lines, .plain, .markdown, .markdown])
    #expect(findings.skipped.isEmpty)
    for file in findings.files { #expect(try TextFile(file.url).uri == file.uri) }
  }

  @Test("Links are reported and never followed, so nothing outside is read and no circle is walked")
  func links() throws {
    try write("a.md", "sub/b.md")
    try Data("secret".utf8).write(to: temporary.file("secret.md"))
    let manager = FileManager.default
    for (name, target) in [
      ("out.md", temporary.file("secret.md")), ("circle", root), ("up", temporary.url),
    ] {
      try manager.createSymbolicLink(at: root.appending(path: name), withDestinationURL: target)
    }
    let findings = try FolderWalk(root).findings()
    #expect(findings.files.map(\.relativePath) == ["a.md", "sub/b.md"])
    #expect(findings.skipped.count == 3)
  }

  @Test("The same folder has one address, however it is named")
  func canonical() throws {
    try write("a.md")
    let link = temporary.file("link")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: root)
    let uris = try [
      root, link, URL(filePath: root.path + "/"), root.appending(path: "x/.."),
    ].map { try FolderWalk($0).findings().files.map(\.uri) }
    #expect(Set(uris).count == 1)
  }

  @Test("A missing folder, a file, and too many files are errors; too deep is reported")
  func limits() throws {
    try write("a.md", "b.md", "1/2/3/c.md")
    func code(_ walk: FolderWalk) throws -> LociError.Code {
      try #require(throws: LociError.self) { try walk.findings() }.code
    }
    #expect(try code(FolderWalk(root.appending(path: "missing"))) == .notFound)
    #expect(try code(FolderWalk(root.appending(path: "a.md"))) == .invalidArgument)
    #expect(try code(FolderWalk(root, limits: .init(files: 2))) == .invalidArgument)
    #expect(try FolderWalk(root, limits: .init(files: 3)).findings().files.count == 3)
    let shallow = try FolderWalk(root, limits: .init(depth: 3)).findings()
    #expect(shallow.files.map(\.relativePath) == ["a.md", "b.md"])
    #expect(shallow.skipped.count == 1)
  }

  @Test("Vanished is what was here and is gone, not what was skipped, left out or elsewhere")
  func vanished() throws {
    try write("a.md", "kept.png", "1/2/c.md")
    let findings = try FolderWalk(root, limits: .init(depth: 2)).findings()
    let base = findings.folder
    let known = [
      "\(base)/a.md", "\(base)/gone.md", "\(base)/sub/gone.md", "\(base)/kept.png",
      "\(base)/1/2/gone.md", "\(base)-other/gone.md", "note:1",
    ]
    #expect(findings.vanished(among: known) == ["\(base)/gone.md", "\(base)/sub/gone.md"])
  }
}
