import Foundation
import LociTestKit
import Testing

@Suite("Verifying, from the command line")
struct VerifyVerbTests {
  private let command: CommandProcess

  init() throws { command = try CommandProcess() }

  private func sql(_ text: String) async throws {
    try await SecondProcess.run(
      "db.execute(\"\"\"\(text)\"\"\"); db.commit()", on: command.folder.file("memory.sqlite").path)
  }

  @Test("What was changed with another tool is named, and its record goes into quarantine")
  func verify() async throws {
    for id in ["a", "b", "c"] { _ = try await command.run("remember", "fact \(id)", "--id", id) }
    let whole = try await command.run("verify")
    #expect(whole.status == 0 && whole.output.hasPrefix("3 lines and 3 records are as they were"))
    let head = try await command.run("verify", "--json").object()["head"] as? String ?? ""
    #expect(whole.output.contains(head) && head.count == 64)
    #expect(try await command.run("verify", "--head", head).status == 0)
    #expect(try await command.run("verify", "--head", "12").status == 1)
    try await sql("UPDATE record SET importance = 5 WHERE id = 'b'")
    let found = try await command.run("verify", "--quarantine", "--actor", "me")
    #expect(found.status == 1 && found.output.contains("b differs from what its line says."))
    #expect(try await command.run("quarantined").output.contains("fact b"))
    #expect(try await command.run("list").output.contains("fact b") == false)
    #expect(try await command.run("unforget", "b").status == 0)
    #expect(try await command.run("verify", "b").status == 0)
    try await sql("UPDATE audit SET actor = 'eve' WHERE sequence = 2")
    let changed = try await command.run("verify")
    #expect(changed.status == 1 && changed.output.contains("Line 2, of b, was changed."))
    try await sql("DELETE FROM audit WHERE sequence > 2")
    #expect(try await command.run("verify", "--head", head).output.contains("its end was cut off"))
  }
}
