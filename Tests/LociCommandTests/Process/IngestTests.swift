import Foundation
import LociTestKit
import Testing

@Suite("Ingesting with the command")
struct IngestTests {
  private let command: CommandProcess

  init() throws { command = try CommandProcess() }

  private func write(_ path: String, _ bytes: [UInt8] = Array("Some words.".utf8)) throws {
    let url = command.folder.file(path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  @Test("A file skipped for an error is status 3, also with --quiet; what was left out is not")
  func skipped() async throws {
    for path in ["docs/a.md", "docs/b.png", "docs/Target/c.md", "docs/.hidden.md", "docs/d.cfg"] {
      try write(path)
    }
    let first = try await command.run("ingest", "docs")
    #expect(first.status == 0)
    for word in [".png 1", ".cfg 1", "Target/", ".hidden.md"] {
      #expect(first.errors.contains(word), "\(word) in \(first.errors)")
    }
    try write("docs/bad.md", [0xFF, 0xFF])
    let quiet = try await command.run("ingest", "docs", "--quiet")
    #expect(quiet.status == 3 && quiet.errors.isEmpty && !quiet.output.isEmpty)
    let answer = try await command.run("ingest", "docs", "--json", "--include", "*.cfg")
    #expect(answer.status == 3)
    let report = try answer.object()
    let skipped = try #require(report["skipped"] as? [[String: Any]])
    #expect(skipped.map { $0["code"] as? String } == ["corrupt"])
    let leftOut = try #require(report["left_out"] as? [[String: Any]])
    #expect(
      Set(leftOut.compactMap { $0["reason"] as? String }) == ["hidden", "made_by_tools", "ending"])
    #expect(report["read"] as? Int == 2)
    let rest = try await command.run(
      "ingest", "docs", "--exclude", "bad.md", "--include", "Target", "--json")
    #expect(rest.status == 0)
    #expect(try rest.object()["read"] as? Int == 2)
  }

  @Test("Ten thousand skipped files are ten lines and a count, and all of them in JSON")
  func manySkipped() async throws {
    for index in 0..<10_000 { try write("docs/\(index % 10)/\(index).md", [0xFF]) }
    let answer = try await command.run("ingest", "docs")
    #expect(answer.status == 3)
    #expect(answer.errors.split(separator: "\n").count < 20)
    #expect(answer.errors.contains("9990 more"))
    let json = try await command.run("ingest", "docs", "--json").object()
    #expect((json["skipped"] as? [Any])?.count == 10_000)
  }

  @Test(
    "An empty argument is wrong usage and takes in nothing",
    arguments: [
      ["ingest", ""], ["ingest", "docs", ""], ["list", "--source", ""], ["get", ""],
      ["models", "fetch", ""], ["remember", ""], ["remember", "x", "--author", ""],
      ["list", "--where", ""], ["remember", "x", "--model", ""], ["list", "--store", ""],
      ["list", "--config", ""], ["list", "--namespace="], ["recall", ""], ["forget", ""],
      ["forget", "--source", ""], ["ingest", "docs", "--include", ""],
    ])
  func empty(words: [String]) async throws {
    try write("docs/a.md")
    let answer = try await command.run(words)
    #expect(answer.status == 2, "\(answer)")
    #expect(answer.output.isEmpty && answer.errors.contains("empty"))
    #expect(!FileManager.default.fileExists(atPath: command.folder.file("memory.sqlite").path))
  }

  @Test("An empty metadata value is a value")
  func emptyValue() async throws {
    let id = try await command.run("remember", "x", "--metadata", "k=").output
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let record = try await command.run("get", id, "--json").object()
    #expect((record["metadata"] as? [String: String])?["k"] == "")
  }

  @Test("What was deleted or moved is forgotten by its path, however that is written")
  func forgetSource() async throws {
    for path in ["docs/a.md", "docs/sub/b.md", "docs/sub/c.md", "single.md"] { try write(path) }
    #expect(try await command.run("ingest", "docs", "single.md").status == 0)
    for path in ["docs/sub", "single.md"] {
      try FileManager.default.removeItem(at: command.folder.file(path))
      let gone = try await command.run("ingest", path)
      #expect(gone.status == 1 && gone.errors.contains("loci forget --source"))
    }
    let sub = try await command.run("forget", "--source", "./docs/../docs/sub/", "--json")
    #expect(sub.status == 0)
    #expect(try sub.object()["sources"] as? Int == 2 && sub.object()["chunks"] as? Int == 2)
    let single = try await command.run(
      "forget", "--source", command.folder.file("single.md").path)
    #expect(single.status == 0 && single.output.contains("1 chunk of 1 source"))
    #expect(try await command.run("forget", "--source", "single.md").status == 1)
    #expect(try await command.run("forget", "x", "--source", "docs").status == 2)
    #expect(
      try await command.run("list", "--json").output.split(separator: "\n").count == 1)
  }

  @Test("Of several paths those that are there are taken in, and the others named: status 3")
  func severalPaths() async throws {
    try write("a.md")
    try write("paper.md", Array("%PDF-1.7\n".utf8) + [0xE2, 0xE3])
    let some = try await command.run("ingest", "missing.md", "a.md", "paper.md")
    #expect(some.status == 3 && some.output.contains("a.md"))
    #expect(some.errors.contains("missing.md") && some.errors.contains("is a PDF, not text"))
    let none = try await command.run("ingest", "missing.md", "gone.md")
    #expect(none.status == 1 && none.errors.contains("gone.md"))
    let listed = try await command.run("list", "--source", "a.md", "--json")
    #expect(listed.output.split(separator: "\n").count == 1)
    let absolute = command.folder.file("a.md").resolvingSymlinksInPath().path
    #expect(try await command.run("list", "--source", absolute, "--json").output == listed.output)
  }

  @Test("Markdown, a page, a notebook and code are read as what they are")
  func formats() async throws {
    try write("docs/a.md", Array("---\nyear: 2020\n---\n# Otter\n\nIt swims.".utf8))
    try write("docs/b.html", Array("<h1>Heron</h1><script>no()</script><p>It stands.".utf8))
    let cell = "{\"cell_type\": \"markdown\", \"source\": [\"# Dipper\\n\", \"It dives.\"]}"
    try write("docs/c.ipynb", Array("{\"cells\": [\(cell)]}".utf8))
    try write("docs/d.ipynb", Array("no notebook".utf8))
    let ingested = try await command.run("ingest", "docs")
    #expect(ingested.status == 3 && ingested.errors.contains("is no Jupyter notebook"))
    for (question, heading) in [
      ("stands", "Heron"), ("swims", "Otter"), ("dives", "Dipper"),
    ] {
      let found = try await command.run("recall", question, "--mode", "lexical", "--json")
      #expect(found.output.contains("\"heading\": \"\(heading)\""), "\(found.output)")
      #expect(!found.output.contains("no()"))
    }
    let narrowed = try await command.run("list", "--where", "year=2020", "--json")
    #expect(narrowed.output.contains("It swims."))
  }

  @Test("An unmounted disk takes nothing from the memory: status 3 until --remove-vanished")
  func unmounted() async throws {
    for index in 0..<6 { try write("docs/\(index).md", Array("Note \(index).".utf8)) }
    #expect(try await command.run("ingest", "docs").status == 0)
    for index in 0..<6 {
      try FileManager.default.removeItem(at: command.folder.file("docs/\(index).md"))
    }
    let kept = try await command.run("ingest", "docs")
    #expect(kept.status == 3 && kept.errors.contains("--remove-vanished"))
    let told = try await command.run("ingest", "docs", "--remove-vanished", "--json")
    #expect(told.status == 0)
    #expect((try told.object()["removed_sources"] as? [Any])?.count == 6)
  }

  @Test("An interrupted run says what is done and what is left, and goes on when it is run again")
  func interrupted() async throws {
    let sentence = "The ferry of harbour leaves from pier when the tide is high enough for it. "
    for index in 0..<300 {
      try write(
        "docs/\(index).md", Array(String(repeating: "\(index) \(sentence)", count: 12).utf8))
    }
    let errors = command.folder.file("errors")
    try Data().write(to: errors)
    let process = try command.process(["ingest", "docs"])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    let store = command.folder.file("memory.sqlite-wal").path
    let ended = Task { try await process.runToEnd() }
    for _ in 0..<6000 {
      let size = try? FileManager.default.attributesOfItem(atPath: store)[.size] as? Int
      if (size ?? 0) > 400_000 { break }
      try await Task.sleep(for: .milliseconds(10))
    }
    process.interrupt()
    try await ended.value
    #expect(process.terminationReason == .uncaughtSignal)
    let text = try String(contentsOf: errors, encoding: .utf8)
    #expect(text.contains(#/Interrupted: [0-9]+ of 300 files are in/#), "\(text)")
    let rest = try await command.run("ingest", "docs", "--json").object()
    let (added, unchanged) = (rest["added"] as? Int ?? 0, rest["unchanged"] as? Int ?? 0)
    #expect(unchanged > 0 && added + unchanged >= 300)
    #expect(rest["pending"] as? Int == 0)
  }
}
