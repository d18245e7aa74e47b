import Foundation
import LociTestKit
import Testing

@Suite("Privacy")
struct PrivacyTests {
  /// Runs `words` in a network namespace of its own, where not even loopback is up.
  private func withoutNetwork(_ words: [String], home: URL, _ command: CommandProcess) async throws
    -> Int32
  {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["unshare", "--net", "--map-root-user", try CommandProcess.executable.path] + words
    process.currentDirectoryURL = home
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": home.path,
      "TMPDIR": home.appending(path: "tmp").path,
    ]
    try await process.runToEnd()
    return process.terminationStatus
  }

  @Test("The whole main job runs without a network, and writes in Loci's own folder only")
  func mainJob() async throws {
    let command = try CommandProcess()
    let home = command.folder.file("home")
    let data = home.appending(path: ".local/share/loci")
    for folder in ["tmp", ".local/share/loci", "notes"] {
      try FileManager.default.createDirectory(
        at: home.appending(path: folder), withIntermediateDirectories: true)
    }
    for name in ["engines", "models"] {
      try FileManager.default.createSymbolicLink(
        at: data.appending(path: name), withDestinationURL: try installed(name))
    }
    try Data("# Tea\n\nAlice prefers tea to coffee.\n".utf8).write(
      to: home.appending(path: "notes/a.md"))
    let before = try files(under: home)
    for words in [
      ["remember", "The train leaves at nine"], ["ingest", "notes"],
      ["recall", "what does Alice drink?"], ["status"], ["doctor"], ["models"],
    ] {
      #expect(try await withoutNetwork(words, home: home, command) == 0, "\(words)")
    }
    let made = try files(under: home).subtracting(before)
    let allowed = [
      "memory.sqlite", "memory.sqlite-wal", "memory.sqlite-shm", "verified-files.json",
    ]
    .map { ".local/share/loci/\($0)" }
    #expect(made.contains(".local/share/loci/memory.sqlite"))
    #expect(made.subtracting(allowed) == [])
  }

  @Test("Whatever is done with an empty home, nothing is written in it outside Loci's own folders")
  func emptyHome() async throws {
    let command = try CommandProcess()
    let home = command.folder.file("home")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    let installed = try self.installed("engines").deletingLastPathComponent().path
    let kept = ["HOME": home.path, "LOCI_HOME": installed]
    // Nobody listens there, so a fetch fails.
    let failing = ["HOME": home.path, "HF_ENDPOINT": "http://127.0.0.1:9"]
    func run(_ environment: [String: String], _ status: Int32, _ words: String...) async throws {
      let answer = try await command.run(words, environment: environment)
      #expect(answer.status == status, "\(words): \(answer.errors)")
    }
    try await run(kept, 0, "remember", "Alice prefers tea")
    try await run(kept, 0, "recall", "what does Alice drink?")
    try await run(kept, 0, "migrate", "--to", "lancedb")
    try await run(kept, 0, "recall", "what does Alice drink?")
    try await run(kept, 0, "doctor")
    #expect(try files(under: home) == [])
    try await run(failing, 1, "models", "fetch", "bge-small-en-v1.5")
    #expect(try files(under: home) == [])
  }

  @Test("Verbs that read ask no server for a model that is missing, and say how to get it")
  func readingVerbs() async throws {
    let command = try CommandProcess()
    let home = command.folder.file("home")
    let log = command.folder.file("requests")
    let server = Process()
    server.executableURL = URL(filePath: "/usr/bin/env")
    server.arguments = [
      "python3", "-u", "-c",
      """
      import http.server, sys
      class Log(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              open(sys.argv[1], "a").write(self.path + "\\n")
              self.send_response(404); self.end_headers()
          do_HEAD = do_GET
          def log_message(self, *_): pass
      server = http.server.HTTPServer(("127.0.0.1", 0), Log)
      print(server.server_port, flush=True)
      server.serve_forever()
      """, log.path,
    ]
    let output = Pipe()
    server.standardOutput = output
    try server.run()
    // Whatever this process does with signals is inherited; this one can not be ignored.
    defer { kill(server.processIdentifier, SIGKILL) }
    let port = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let environment = [
      "HOME": home.path, "LOCI_HOME": "", "HF_ENDPOINT": "http://127.0.0.1:\(port)",
    ]
    let remember = try await command.run(["remember", "Alice prefers tea"])
    #expect(remember.status == 0)
    for words in [
      ["status"], ["doctor"], ["recall", "tea"], ["list"], ["audit"], ["config"], ["models"],
      ["fsck"],
    ] {
      let answer = try await command.run(words, environment: environment)
      #expect(!FileManager.default.fileExists(atPath: log.path), "\(words)")
      if ["status", "doctor", "recall", "fsck"].contains(words[0]) {
        let said = (answer.output + answer.errors).split(whereSeparator: \.isWhitespace)
        #expect(said.joined(separator: " ").contains("loci models fetch"), "\(words)")
      }
    }
    // What writes does ask, and the record stays.
    let stored = try await command.run(["remember", "Bob drinks coffee"], environment: environment)
    #expect(stored.status == 0)
    #expect(FileManager.default.fileExists(atPath: log.path))
  }

  private func installed(_ name: String) throws -> URL {
    let environment = ProcessInfo.processInfo.environment
    let home = try #require(environment["HOME"])
    let share = environment["XDG_DATA_HOME"] ?? "\(home)/.local/share"
    let data = environment["LOCI_HOME"] ?? "\(share)/loci"
    return URL(filePath: data).appending(path: name)
  }

  private func files(under folder: URL) throws -> Set<String> {
    Set(try FileManager.default.subpathsOfDirectory(atPath: folder.path))
  }
}
