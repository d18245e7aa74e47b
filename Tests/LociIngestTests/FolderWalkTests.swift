import Foundation
import LociCore
import LociIngest
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

  @Test("Links are named and never followed, so nothing outside is read and no circle is walked")
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
    #expect(findings.skipped.isEmpty)
    #expect(findings.leftOut.map(\.reason) == [.symbolicLink, .symbolicLink, .symbolicLink])
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

  @Test("A file that became a folder or a link is gone, and so is one below what became a file")
  func otherKinds() throws {
    try write("was-file.md/x.md", "was-folder.md", "target.md")
    try FileManager.default.createSymbolicLink(
      at: root.appending(path: "was-text.md"),
      withDestinationURL: root.appending(path: "target.md"))
    let findings = try FolderWalk(root).findings()
    let base = findings.folder
    let gone = ["\(base)/was-file.md", "\(base)/was-folder.md/a.md", "\(base)/was-text.md"]
    #expect(findings.vanished(among: gone + ["\(base)/target.md"]) == gone)
  }

  @Test("A name that was only normalised otherwise is another name")
  func normalisation() throws {
    try write("caf\u{E9}.md", "\u{301}.md")
    let findings = try FolderWalk(root).findings()
    let base = findings.folder
    #expect(findings.files.count == 2)
    let old = "\(base)/cafe\u{301}.md"
    let new = "\(base)/caf\u{E9}.md"
    let vanished = findings.vanished(among: [old, new, "\(base)/\u{301}.md"])
    #expect(vanished.map { Array($0.utf8) } == [Array(old.utf8)])
  }

  @Test("What is left out is named with its reason, and other endings are counted")
  func leftOut() throws {
    try write(
      "a.md", ".hidden.md", "Target/x.md", "dist/x.md", "b.png", "sub/c.PNG", "Makefile", ".git/x")
    #expect(unsafe mkfifo(root.appending(path: "pipe.md").path, 0o600) == 0)
    let findings = try FolderWalk(root).findings()
    #expect(findings.files.map(\.relativePath) == ["a.md"])
    let base = findings.folder
    let reasons = Dictionary(
      uniqueKeysWithValues: findings.leftOut.map {
        (String($0.path.dropFirst(base.count + 1)), $0.reason)
      })
    #expect(
      reasons == [
        ".git": .hidden, ".hidden.md": .hidden, "Target": .madeByTools, "dist": .madeByTools,
        "pipe.md": .noPlainFile,
      ])
    #expect(findings.otherEndings == ["png": 2, "": 1])
    #expect(findings.skipped.isEmpty)
  }

  @Test("An inclusion takes what is left out by itself; an exclusion wins over it")
  func selection() throws {
    try write(
      "a.md", "notes.cfg", "dist/a.md", "dist/deep/b.log", "dist/.secret.md", "build/c.md",
      ".github/workflows/ci.yml", ".env", "node_modules/p/x.cfg", "drafts/d.md")
    func files(_ include: [String], _ exclude: [String] = []) throws -> [String] {
      let selection = try FileSelection(include: include, exclude: exclude)
      return try FolderWalk(root, selection: selection).findings().files.map(\.relativePath)
    }
    let standard = ["a.md", "drafts/d.md"]
    #expect(try files([]) == standard)
    #expect(try files(["dist/**"]) == ["a.md", "dist/a.md", "dist/deep/b.log", "drafts/d.md"])
    #expect(try files(["dist"]) == files(["dist/**"]))
    #expect(try files(["dist/*.md"]) == ["a.md", "dist/a.md", "drafts/d.md"])
    #expect(try files(["**/deep/**"]) == standard)
    #expect(try files(["*.cfg"]) == ["a.md", "drafts/d.md", "notes.cfg"])
    #expect(try files(["**/*.cfg"]) == files(["*.cfg"]))
    #expect(try files(["*"]).contains(".env") == false)
    #expect(try files([".env"]) == [".env"] + standard)
    #expect(
      try files([".github/**"]) == [".github/workflows/ci.yml"] + standard)
    #expect(try files([], ["drafts/"]) == ["a.md"])
    #expect(
      try files(["dist/**", "build"], ["*.log", "build"]) == ["a.md", "dist/a.md", "drafts/d.md"])
    #expect(try files([], ["/a.md"]) == ["drafts/d.md"])
    #expect(throws: LociError.self) { try FileSelection(include: ["/"]) }
  }
}
