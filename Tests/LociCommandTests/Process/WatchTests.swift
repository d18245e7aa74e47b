import Foundation
import LociTestKit
import Testing

/// A folder that `loci ingest --watch` follows in a process of its own.
private struct Watching {
  let command: CommandProcess
  let docs: URL
  let process: Process
  private let output: URL
  private let errors: URL

  init(_ more: [String] = [], _ files: [String: String] = ["a.md": "# Tea\n\nGreen tea."])
    async throws
  {
    command = try CommandProcess()
    docs = command.folder.file("docs")
    try FileManager.default.createDirectory(at: docs, withIntermediateDirectories: true)
    for (name, text) in files { try Self.write(text, to: docs.appending(path: name)) }
    (output, errors) = (command.folder.file("watch.out"), command.folder.file("watch.err"))
    for file in [output, errors] { try Data().write(to: file) }
    process = try command.process(["ingest", docs.path, "--watch", "--json"] + more)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    try await wait { try reports().count >= 1 }
  }

  static func write(_ text: String, to file: URL) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func write(_ name: String, _ text: String) throws {
    try Self.write(text, to: docs.appending(path: name))
  }

  /// The reports that it has printed.
  func reports() throws -> [[String: Any]] {
    try String(contentsOf: output, encoding: .utf8).split(separator: "\n").compactMap {
      try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
  }

  /// The sum of a count over all reports.
  func sum(_ key: String) throws -> Int {
    try reports().reduce(0) { $0 + ($1[key] as? Int ?? 0) }
  }

  func said() throws -> String { try String(contentsOf: errors, encoding: .utf8) }

  /// Waits until something holds.
  func wait(
    for condition: () async throws -> Bool, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let start = ContinuousClock.now
    while try await !condition() {
      guard process.isRunning, start.duration(to: .now) < .seconds(120) else {
        let (errors, reports) = (try said(), try reports())
        Issue.record("It did not come: \(errors) \(reports)", sourceLocation: sourceLocation)
        throw CancellationError()
      }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// What is remembered: the text of each chunk, with its file's name.
  func remembered() async throws -> Set<String> {
    let answer = try await command.run("list", "--limit", "1000", "--json")
    return Set(
      try answer.output.split(separator: "\n").map { line in
        let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        let source = record?["source"] as? [String: Any]
        let name = (source?["uri"] as? String ?? "").split(separator: "/").last ?? ""
        return "\(name): \(record?["text"] as? String ?? "")"
      })
  }

  /// Ends it with a signal; returns its status.
  func end(_ signal: Int32 = SIGTERM) async throws -> Int32 {
    kill(process.processIdentifier, signal)
    while process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
    return process.terminationStatus
  }

  /// For tests that fail before its end.
  func stop() { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
}

@Suite("Following a folder", .serialized)
struct WatchTests {
  @Test(
    "Writes, renames by editors, new folders and deletions are followed", .timeLimit(.minutes(5)),
    arguments: [[], ["--poll", "0.2"]])
  func follows(more: [String]) async throws {
    let watching = try await Watching(more)
    defer { watching.stop() }
    let manager = FileManager.default
    // Another text, in place.
    try watching.write("a.md", "# Tea\n\nBlack tea.")
    try await watching.wait { try await watching.remembered() == ["a.md: # Tea\n\nBlack tea."] }
    // A new file beside, put over the old one.
    try watching.write("a.md.new", "# Tea\n\nWhite tea.")
    _ = unsafe rename(
      watching.docs.appending(path: "a.md.new").path, watching.docs.appending(path: "a.md").path)
    try await watching.wait { try await watching.remembered() == ["a.md: # Tea\n\nWhite tea."] }
    // Folders in new folders, and what is in them later.
    try watching.write("x/y/z/b.md", "Coffee.")
    try await watching.wait { try await watching.remembered().contains("b.md: Coffee.") }
    try watching.write("x/y/z/c.md", "Water.")
    try await watching.wait { try await watching.remembered().contains("c.md: Water.") }
    // A folder that is moved: nothing is embedded.
    try await watching.wait { try watching.sum("embedded") == 5 }
    try manager.moveItem(
      at: watching.docs.appending(path: "x"), to: watching.docs.appending(path: "w"))
    try await watching.wait {
      try watching.reports().reduce(0) { $0 + ($1["moved_sources"] as? [Any] ?? []).count } == 2
    }
    #expect(try watching.sum("embedded") == 5)
    // What the moved folder holds is followed, too.
    try watching.write("w/y/z/c.md", "Cold water.")
    try await watching.wait { try await watching.remembered().contains("c.md: Cold water.") }
    try manager.removeItem(at: watching.docs.appending(path: "w"))
    try await watching.wait { try await watching.remembered() == ["a.md: # Tea\n\nWhite tea."] }
    #expect(try await watching.end() == SIGTERM)
    #expect(try watching.said().contains("error") == false)
    let show = try await watching.command.run("files", "show", "docs/a.md", "--version", "1")
    #expect(show.status == 0 && show.output == "# Tea\n\nGreen tea.")
    #expect(try await watching.command.run("fsck").status == 0)
  }

  @Test("A burst of a thousand changes ends with the files as they are", .timeLimit(.minutes(5)))
  func burst() async throws {
    let watching = try await Watching()
    defer { watching.stop() }
    for round in 1...10 {
      for index in 0..<100 { try watching.write("\(index % 7)/\(index).md", "Round \(round).") }
      if round % 3 == 0 {
        try FileManager.default.removeItem(at: watching.docs.appending(path: "3"))
      }
    }
    try await watching.wait {
      let found = try await watching.remembered()
      return found.count == 101 && found.filter { $0.hasSuffix("Round 10.") }.count == 100
    }
    // Far fewer rounds than changes.
    #expect(try watching.reports().count < 100)
    #expect(try await watching.end(SIGINT) == SIGINT)
  }

  @Test("A queue of events that ran over loses no change", .timeLimit(.minutes(5)))
  func overflow() async throws {
    let watching = try await Watching()
    defer { watching.stop() }
    let limit = try String(
      contentsOf: URL(filePath: "/proc/sys/fs/inotify/max_queued_events"), encoding: .utf8)
    let most = try #require(Int(limit.trimmingCharacters(in: .whitespacesAndNewlines)))
    kill(watching.process.processIdentifier, SIGSTOP)
    // Four events each: made, written, closed and deleted.
    for index in 0..<(most / 4 + 100) {
      let file = watching.docs.appending(path: "\(index).tmp")
      try Data([1]).write(to: file)
      try FileManager.default.removeItem(at: file)
    }
    try watching.write("new/b.md", "Coffee.")
    kill(watching.process.processIdentifier, SIGCONT)
    try await watching.wait { try await watching.remembered().contains("b.md: Coffee.") }
    #expect(try await watching.end() == SIGTERM)
  }

  @Test(
    "A folder that is gone for a while loses nothing, and is followed when it is back",
    .timeLimit(.minutes(5)))
  func gone() async throws {
    let watching = try await Watching()
    defer { watching.stop() }
    let aside = watching.command.folder.file("aside")
    try FileManager.default.moveItem(at: watching.docs, to: aside)
    try await watching.wait { try watching.said().contains("There is no file or folder") }
    #expect(try await watching.remembered().count == 1)
    try FileManager.default.moveItem(at: aside, to: watching.docs)
    try watching.write("b.md", "Back again.")
    try await watching.wait { try await watching.remembered().contains("b.md: Back again.") }
    #expect(try await watching.remembered().count == 2)
    #expect(try await watching.end() == SIGTERM)
  }

  @Test("What can't be followed is wrong usage, or says what is missing")
  func usage() async throws {
    let command = try CommandProcess()
    for words in [["--poll", "3"], ["--watch", "b"], ["--watch", "--poll", "0"]] {
      #expect(try await command.run(["ingest", "docs"] + words).status == 2)
    }
    let missing = try await command.run("ingest", "missing", "--watch")
    #expect(missing.status == 1 && missing.errors.contains("no folder"))
  }
}
