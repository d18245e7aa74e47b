import Foundation
import LociTestKit
import Testing

@Suite("Bots, from the command line")
struct SharingVerbTests {
  private let command: CommandProcess

  init() throws { command = try CommandProcess() }

  @Test("What one bot shares another one finds, with its author and how it became visible")
  func sharing() async throws {
    let (ada, bob) = (["--namespace", "bot:ada"], ["--namespace", "bot:bob"])
    let stored = try await command.run(
      ["remember", "Alice plays the violin on Mondays", "--author", "ada"] + ada)
    let own = stored.output.trimmingCharacters(in: .whitespacesAndNewlines)
    let shared = try await command.run(["share", own, "--with", "trusting"] + ada)
    #expect(shared.status == 0)
    let id = shared.output.trimmingCharacters(in: .whitespacesAndNewlines)
    let question = ["recall", "who plays the violin?", "--shared"]
    #expect(try await command.run(question + bob).output.contains("Nothing relevant"))
    #expect(try await command.run(["trust", "author", "ada"] + bob).output == "Trusted.\n")
    #expect(try await command.run(["trusted"] + bob).output == "ada\n")
    #expect(
      try await command.run(question + bob).output.contains("Written by ada, whom bob trusts"))
    let json = try await command.run(question + bob + ["--json"]).object()
    let hit = try #require((json["hits"] as? [[String: Any]])?.first)
    #expect(hit["visible_as"] as? String == "trusted")
    #expect(try await command.run(["revoke", id] + bob).status == 1)
    #expect(try await command.run(["shared"] + ada).output.contains("trusting"))
    #expect(try await command.run(["distrust", "ada"] + bob).output == "No longer trusted.\n")
    #expect(try await command.run(question + bob).output.contains("Nothing relevant"))
    #expect(try await command.run(["revoke", own] + ada).status == 0)
    #expect(try await command.run(["unshare", own] + ada).status == 0)
    #expect(try await command.run(["share", own]).errors.contains("bot:"))
  }

  @Test("Values by key are set, compared, listed and deleted")
  func keyValues() async throws {
    #expect(try await command.run("kv", "set", "mood", "\"calm\"").output == "mood\n")
    #expect(try await command.run("kv", "set", "count", "1", "--if-absent").status == 0)
    #expect(try await command.run("kv", "set", "count", "2", "--if-absent").status == 1)
    #expect(try await command.run("kv", "set", "count", "2", "--expect", "1").status == 0)
    #expect(try await command.run("kv", "set", "count", "3", "--expect", "1").status == 1)
    #expect(try await command.run("kv", "get", "count").output == "2\n")
    let wrong = try await command.run("kv", "set", "mood", "calm")
    #expect(wrong.status == 1 && wrong.errors.contains("double quotes"))
    #expect(try await command.run("kv", "list").output == "count  2\nmood  \"calm\"\n")
    #expect(try await command.run("kv", "delete", "mood").output == "Deleted.\n")
    #expect(try await command.run("kv", "get", "mood").status == 1)
    #expect(try await command.run("kv", "list", "--namespace", "other").output.isEmpty)
  }
}
