import Foundation
import LociTestKit
import Testing

@Suite("A store that can't be written")
struct ReadOnlyTests {
  private let command: CommandProcess
  private let store: URL

  init() async throws {
    command = try CommandProcess()
    store = command.folder.file("shelf/memory.sqlite")
    #expect(try await run("remember", "The ferry leaves from pier nine").status == 0)
  }

  private func run(_ words: String...) async throws -> CommandProcess.Answer {
    try await command.run(words, environment: ["LOCI_STORE_PATH": store.path])
  }

  /// Runs the command as one whom permissions bind, root included.
  private func bound(
    _ words: [String], through wrapper: [String] = []
  ) async throws -> CommandProcess.Answer {
    let dropping = ["-dac_override,-dac_read_search,-fowner"]
    let prefix =
      geteuid() == 0
      ? ["/usr/bin/setpriv", "--inh-caps"] + dropping + ["--bounding-set"] + dropping : []
    return try await command.run(
      words, through: wrapper + prefix, environment: ["LOCI_STORE_PATH": store.path])
  }

  private func expectReadable(through wrapper: [String] = []) async throws {
    let id = try await bound(["list", "--json"], through: wrapper)
    #expect(id.output.contains("pier nine"), "\(id.errors)")
    let recalled = try await bound(
      ["recall", "where does the boat go from?", "--mode", "semantic"], through: wrapper)
    #expect(recalled.status == 0)
    #expect(recalled.output.contains("pier nine"), "\(recalled.errors)")
    let hybrid = try await bound(["recall", "ferry", "--json", "--explain"], through: wrapper)
    #expect(hybrid.output.contains("pier nine"), "\(hybrid.errors)")
    let status = try await bound(["status"], through: wrapper)
    #expect(status.status == 0, "\(status.errors)")
    #expect(try await bound(["fsck"], through: wrapper).status == 0)
    for words in [["remember", "something new"], ["forget", "x"]] {
      let written = try await bound(words, through: wrapper)
      #expect(written.status == 1)
      if words[0] == "remember" {
        #expect(written.errors.contains("written") || written.errors.contains("writing"))
      }
    }
    #expect(try await bound(["list", "--json"], through: wrapper).output.contains("pier nine"))
  }

  private func allow(_ mode: Int, _ path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  @Test("A file without the right to write is read, and a write says why it can't be")
  func file() async throws {
    try allow(0o400, store.path)
    try await expectReadable()
  }

  @Test("A folder without the right to write is read, and nothing is made in it")
  func folder() async throws {
    let shelf = store.deletingLastPathComponent().path
    let before = try FileManager.default.contentsOfDirectory(atPath: shelf)
    try allow(0o400, store.path)
    try allow(0o500, shelf)
    defer { try? allow(0o700, shelf) }
    try await expectReadable()
    #expect(try FileManager.default.contentsOfDirectory(atPath: shelf) == before)
  }

  @Test("A read-only medium is read", .enabled(if: geteuid() == 0, "mounting needs root"))
  func medium() async throws {
    let shelf = store.deletingLastPathComponent().path
    let mount = "mount --bind '\(shelf)' '\(shelf)' && mount -o remount,ro,bind '\(shelf)'"
    try await expectReadable(
      through: ["/usr/bin/unshare", "--mount", "/bin/sh", "-c", mount + #" && exec "$@""#, "sh"])
  }

  @Test("A log that has to be worked in first is named, since it can't be where nothing is written")
  func log() async throws {
    let shelf = store.deletingLastPathComponent().path
    let written = command.folder.file("written.sqlite")
    try FileManager.default.copyItem(at: store, to: written)
    let script = """
      import sqlite3, sys, os
      db = sqlite3.connect(sys.argv[1], isolation_level=None)
      db.execute("INSERT INTO setting (name, value) VALUES ('test', 1)")
      os._exit(0)
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, written.path]
    try await process.runToEnd()
    try FileManager.default.copyItem(atPath: written.path + "-wal", toPath: store.path + "-wal")
    try allow(0o500, shelf)
    defer { try? allow(0o700, shelf) }
    let answer = try await bound(["list"])
    #expect(answer.status == 1)
    #expect(answer.errors.contains("memory.sqlite-wal"), "\(answer.errors)")
  }
}
