import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Exports and imports as commands")
struct ExchangeCommandTests {
  let command: CommandProcess

  init() throws { command = try CommandProcess() }

  /// An export of many records, made without a store's file.
  private func export(_ count: Int) async throws -> URL {
    let memory = Memory.inMemory()
    let ada = try memory.namespace("bot:ada")
    try await ada.remember(
      (0..<count).map { try NewMemory("note number \($0)", id: RecordID("\($0)")) })
    let file = command.folder.file("export.jsonl")
    try await memory.export(to: file)
    return file
  }

  @Test("An import that is killed again and again ends as if nothing had happened")
  func killed() async throws {
    let file = try await export(4000)
    let before = try Data(contentsOf: file)
    let store = command.folder.file("memory.sqlite")
    var kills = 0
    while true {
      let process = try command.process(["import", file.path, "--no-embedding", "--quiet"])
      process.standardOutput = nil
      try process.run()
      // It lives a little longer each time, so that the last one comes to its end.
      for _ in 0..<(40 * (kills + 1)) where process.isRunning {
        try await Task.sleep(for: .milliseconds(10))
      }
      guard process.isRunning else {
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        break
      }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      kills += 1
    }
    #expect(kills > 0, "it was too fast to be killed")
    #expect(FileManager.default.fileExists(atPath: store.path))
    let answer = try await command.run("export")
    #expect(answer.status == 0 && Data(answer.output.utf8) == before)
  }

  @Test("An export goes through a pipe, is embedded where it arrives, and says what it did")
  func pipe() async throws {
    let file = try await export(3)
    let text = try String(contentsOf: file, encoding: .utf8)
    let answer = try await command.run("import", "-", "--json", input: text)
    #expect(answer.status == 0, "\(answer.errors)")
    let report = try answer.object()
    #expect(report["added"] as? Int == 3 && report["audit"] as? Int == 3)
    #expect((report["backfill"] as? [String: Any])?["embedded"] as? Int == 3)
    let again = try await command.run("import", file.path, "--on-conflict", "replace")
    #expect(again.output.contains("3 the same already"), "\(again.output)\(again.errors)")
    let out = command.folder.file("out.jsonl")
    let exported = try await command.run(
      "export", out.path, "--namespace", "bot:ada", "--vectors", "--json")
    let counts = try exported.object()["counts"] as? [String: Int]
    #expect(counts?["record"] == 3 && counts?["vector"] == 3, "\(exported.output)")
    #expect(try String(contentsOf: out, encoding: .utf8).contains("\"namespaces\":[\"bot:ada\"]"))
  }

  @Test("A file that is no export, or not there, is an error that says what to do")
  func refused() async throws {
    let none = try await command.run("import", command.folder.file("none").path)
    #expect(none.status == 1 && none.errors.contains("can't be read"))
    let text = try await command.run("import", "-", input: "tea\n")
    #expect(text.status == 1 && text.errors.contains("Line 1") && !text.errors.contains("tea"))
    let wrong = try await command.run("import", "-", "--on-conflict", "newest")
    #expect(wrong.status == 2 && wrong.errors.contains("newer"))
    let blocked = try await command.run("export", "/proc/nowhere/export.jsonl")
    #expect(blocked.status == 1 && blocked.errors.contains("can't be made"))
  }
}
