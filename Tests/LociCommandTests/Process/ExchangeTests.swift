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

  /// How many records the command's store holds.
  private func total() async throws -> Int {
    let namespaces = try await command.run("status", "--json").object()["namespaces"]
    return (namespaces as? [[String: Any]])?.first?["total"] as? Int ?? 0
  }

  @Test("An import that is killed again and again ends as if nothing had happened")
  func killed() async throws {
    let file = try await export(4000)
    let whole = try Data(contentsOf: file)
    // Each run gets more of the export than the one before, waits for the rest, and is killed.
    var stored = 0
    for part in 1...4 {
      let process = try command.process(["import", "-", "--no-embedding", "--quiet"])
      let input = Pipe()
      process.standardInput = input
      process.standardOutput = nil
      try process.run()
      try input.fileHandleForWriting.write(contentsOf: whole.prefix(whole.count * part / 12))
      let before = stored
      while stored == before && process.isRunning { stored = try await total() }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      #expect(process.terminationReason == .uncaughtSignal)
    }
    let last = try await command.run("import", file.path, "--no-embedding", "--json")
    #expect(last.status == 0, "\(last.errors)")
    let known = try #require(try last.object()["unchanged"] as? Int)
    #expect(known >= stored && known < 4000, "\(last.output)")
    let answer = try await command.run("export")
    #expect(answer.status == 0 && Data(answer.output.utf8) == whole)
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
