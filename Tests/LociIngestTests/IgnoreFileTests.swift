import Foundation
import LociCore
import LociIngest
import LociTestKit
import Testing

@Suite("Ignore files")
struct IgnoreFileTests {
  private let temporary: TemporaryFolder
  private let root: URL

  init() throws {
    temporary = try TemporaryFolder()
    root = temporary.file("repository")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  private func write(_ path: String, _ text: String = "text") throws {
    let url = root.appending(path: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  private func files(
    _ folder: URL? = nil, _ selection: FileSelection = .standard
  ) throws -> [String] {
    try FolderWalk(folder ?? root, selection: selection).findings().files.map(\.relativePath)
  }

  private func git(_ words: [String], input: String = "") async throws -> String {
    let (inFile, outFile) = (temporary.file("in"), temporary.file("out"))
    try Data(input.utf8).write(to: inFile)
    try Data().write(to: outFile)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git", "-C", root.path] + words
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": temporary.url.path,
      "GIT_CONFIG_NOSYSTEM": "1",
    ]
    process.standardInput = try FileHandle(forReadingFrom: inFile)
    process.standardOutput = try FileHandle(forWritingTo: outFile)
    process.standardError = FileHandle.nullDevice
    try await process.runToEnd()
    return try String(contentsOf: outFile, encoding: .utf8)
  }

  private static let folders = ["a", "b", "ab", "a b", "A-1"]
  private static let names = [
    "a.md", "b.md", "ab.md", "a b.md", "é.md", "x[1].md", "b!.md", "#a.md", "-.md", "A.md",
  ]

  private static func pattern(_ generator: inout SeededGenerator) -> String {
    let pieces = [
      "a", "a", "b", "b", "ab", ".md", ".md", "*", "*", "**", "**/", "/**", "/", "/", "?", "[a-b]",
      "[!a]", "[^b]", "[]a]", "[[:alpha:]]", "[a", "\\", "\\*", "\\ ", " ", "-", "!", "#", "é",
      "A", "1", "x\\[1\\]", "[b-]", "[[:x:]]", "[\\]a]", "/*/", "*.md", "a/", "***",
    ]
    let prefix = ["", "", "", "", "!", "!", "/", "\\!", "\\#", "#"]
    let text = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
      pieces.randomElement(using: &generator) ?? "a"
    }
    .joined()
    let end = ["", "", "", "", "/", " ", "  ", "\\ ", "\t"].randomElement(using: &generator) ?? ""
    return (prefix.randomElement(using: &generator) ?? "") + text + end
  }

  private static func rules(_ generator: inout SeededGenerator) -> String {
    let ends = ["\n", "\n", "\n", "\r\n", "\n\n"]
    return (0..<Int.random(in: 1...6, using: &generator)).map { _ in
      pattern(&generator) + (ends.randomElement(using: &generator) ?? "\n")
    }
    .joined()
  }

  @Test("Random ignore files leave out what git leaves out", .timeLimit(.minutes(4)))
  func likeGit() async throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("ignore files: seed \(seed)")
    var generator = SeededGenerator(seed: seed)
    _ = try await git(["init", "-q"])
    var paths: [String] = []
    for folder in [""] + Self.folders + ["a/b", "a/ab", "b/a", "ab/a b", "a/b/ab"] {
      for name in Self.names { paths.append(folder.isEmpty ? name : "\(folder)/\(name)") }
    }
    for path in paths { try write(path) }
    var ignoredCount = 0
    for round in 0..<400 {
      var told = ""
      for place in [".gitignore", "a/.gitignore", "a/b/.gitignore", ".git/info/exclude"] {
        let isThere = place == ".gitignore" || Bool.random(using: &generator)
        let text = isThere ? Self.rules(&generator) : ""
        try write(place, text)
        told += "\(place): \(text.debugDescription)\n"
      }
      let answer = try await git(
        ["check-ignore", "--no-index", "--stdin", "-z"], input: paths.joined(separator: "\0"))
      let ignored = Set(answer.split(separator: "\0").map(String.init))
      ignoredCount += ignored.count
      let expected = paths.filter { !ignored.contains($0) }.sorted()
      let found = try files().sorted()
      #expect(
        found == expected,
        """
        seed \(seed), round \(round): only here \(Set(found).subtracting(expected)), only in git \
        \(Set(expected).subtracting(found))
        \(told)
        """)
      if found != expected { return }
    }
    #expect(ignoredCount > 1000 && ignoredCount < 400 * paths.count * 9 / 10)
  }

  @Test("The repository's rules hold for a folder in it, and stop at its root")
  func repository() async throws {
    _ = try await git(["init", "-q"])
    try Data("*.md\n".utf8).write(to: temporary.file(".gitignore"))
    try write(".gitignore", "/docs/private/\n*.txt\n")
    try write(".git/info/exclude", "todo.md\n")
    for path in ["docs/a.md", "docs/private/b.md", "docs/c.txt", "docs/todo.md"] { try write(path) }
    let docs = root.appending(path: "docs")
    #expect(try files(docs) == ["a.md"])
    #expect(
      try files(docs, FileSelection(followsIgnoreFiles: false)) == [
        "a.md", "c.txt", "private/b.md", "todo.md",
      ])
    #expect(try files(docs, FileSelection(include: ["private/*"])) == ["a.md", "private/b.md"])
    // A folder that is named is taken, whatever is said of it.
    #expect(try files(docs.appending(path: "private")) == ["b.md"])
    let findings = try FolderWalk(docs).findings()
    let file = try #require(findings.leftOut.first { $0.path.hasSuffix("private") })
    #expect(file.isFolder)
    guard case .ignored(let by) = file.reason else { throw LociError(.io, "\(file.reason)") }
    #expect(by.hasSuffix("/repository/.gitignore"))
  }

  @Test("Without a repository the folder's own ignore files hold, and .lociignore wins")
  func ownFiles() throws {
    try write(".gitignore", "a.md\nb.md\n")
    try write(".lociignore", "!a.md\nc.md\n!dist/\n")
    try write("sub/.gitignore", "c.md\n!c.md\nd.md\n")
    for path in ["a.md", "b.md", "c.md", "d.md", "sub/c.md", "sub/d.md", "dist/e.md", "build/e.md"]
    {
      try write(path)
    }
    #expect(try files() == ["a.md", "d.md", "dist/e.md"])
  }

  @Test("A pattern that could be tried in a thousand ways takes no time", .timeLimit(.minutes(5)))
  func hostilePattern() throws {
    try write(
      ".gitignore",
      String(repeating: "*a", count: 60) + "b\n" + "**/" + String(repeating: "*/**/", count: 30)
        + "x\n")
    try write(String(repeating: "a", count: 200) + ".md")
    #expect(try files().count == 1)
  }

  @Test("An ignore file that can't be read is reported, and a link is none")
  func unreadable() throws {
    try write("a.md")
    try write("sub/b.md")
    try Data("a.md\n".utf8).write(to: temporary.file("rules"))
    try FileManager.default.createSymbolicLink(
      at: root.appending(path: ".gitignore"), withDestinationURL: temporary.file("rules"))
    try write("sub/.lociignore", String(repeating: "x", count: 1 << 20) + "\n")
    let findings = try FolderWalk(root).findings()
    #expect(findings.files.map(\.relativePath) == ["a.md", "sub/b.md"])
    #expect(findings.skipped.map { $0.path.hasSuffix("sub/.lociignore") } == [true])
  }
}
