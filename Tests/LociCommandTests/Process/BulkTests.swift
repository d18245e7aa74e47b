import Foundation
import LociTestKit
import Testing

@Suite("Many texts as commands")
struct BulkCommandTests {
  let command: CommandProcess

  init() throws { command = try CommandProcess() }

  @Test("Lines are remembered once, with what they say; bad ones are named, and left out")
  func lines() async throws {
    let lines = """
      {"text": "Alice prefers tea", "category": "preference", "importance": 5, "id": "tea"}

      {"text": "Bob plays chess", "metadata": {"game": "chess"}}
      {"text": "Bob plays chess", "metadata": {"game": "chess"}}
      {"text": "secret", "importance": 9}
      {"text": " "}
      {"txt": "secret"}
      {"text": "secret"
      """
    for (round, stored) in [2, 0].enumerated() {
      let answer = try await command.run("remember", "--json-lines", "-", "--json", input: lines)
      #expect(answer.status == 3, "\(answer.errors)")
      let report = try answer.object()
      #expect(report["stored"] as? Int == stored && report["rejected"] as? Int == 4)
      #expect(report["embedded"] as? Int == stored, "round \(round)")
      for number in 5...8 { #expect(answer.errors.contains("Line \(number):")) }
      #expect(!answer.errors.contains("secret"))
    }
    let list = try await command.run("list", "--json")
    #expect(list.output.split(separator: "\n").count == 2)
    #expect(list.output.contains("\"importance\":5") && list.output.contains("\"game\":\"chess\""))
  }

  @Test("What does not go together is wrong usage")
  func usage() async throws {
    for (words, hint) in [
      (["remember"], "TEXT"), (["remember", "tea", "--json-lines", "-"], "TEXT"),
      (["remember", "--json-lines", "-", "--category", "fact"], "lines"),
      (["import", "x", "--namespace", "a"], "--from"),
      (["import", "x", "--from", "mem0", "--on-conflict", "skip"], "--on-conflict"),
      (["import", "x", "--from", "mem1"], "mem0"),
    ] {
      let answer = try await command.run(words)
      #expect(answer.status == 2 && answer.errors.contains(hint), "\(words): \(answer.errors)")
    }
  }

  @Test("Other systems' memories come by the command, notes of Obsidian's among them")
  func importers() async throws {
    let file = command.folder.file("memory.jsonl")
    try Data(
      "{\"type\":\"relation\",\"from\":\"a\",\"to\":\"b\",\"relationType\":\"is\"}\nx\n".utf8
    )
    .write(to: file)
    let answer = try await command.run("import", "--from", "mcp-memory", file.path)
    #expect(
      answer.status == 3 && answer.output.contains("1 text") && answer.errors.contains("Line 2"))
    let vault = command.folder.file("vault")
    try FileManager.default.createDirectory(at: vault, withIntermediateDirectories: true)
    try Data("Tea is [[Good]] #drink\n".utf8).write(to: vault.appending(path: "tea.md"))
    let notes = try await command.run("import", "--from", "obsidian", vault.path)
    #expect(notes.status == 0, "\(notes.errors)")
    let list = try await command.run("list", "--json", "--where", "links=Good")
    #expect(list.output.contains("#drink"), "\(list.output)\(list.errors)")
  }
}
