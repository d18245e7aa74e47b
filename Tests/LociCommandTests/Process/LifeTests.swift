import Foundation
import LociTestKit
import Testing

@Suite("What becomes of records, from the command line")
struct LifeVerbTests {
  private let command: CommandProcess

  init() throws { command = try CommandProcess() }

  private func id(_ words: String...) async throws -> String {
    try await command.run(words).output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test("What is known already is skipped, merged or stored on request")
  func duplicates() async throws {
    let first = try await id("remember", "Alice likes mushrooms")
    let skipped = try await command.run("remember", "alice likes mushrooms!", "--unless-duplicate")
    #expect(skipped.status == 0 && skipped.output == first + "\n")
    #expect(skipped.errors.contains("Skipped") && skipped.errors.contains(first))
    let merged = try await command.run(
      "remember", "--unless-duplicate", "merge", "Alice likes mushrooms", "--importance", "5",
      "--json"
    ).object()
    #expect(merged["action"] as? String == "merged")
    #expect((merged["record"] as? [String: Any])?["importance"] as? Int == 5)
    let duplicate = try #require(merged["duplicate"] as? [String: Any])
    #expect((duplicate["similarity"] as? Double).map { $0 > 0.99 } == true)
    let other = try await command.run(
      "remember", "Alice does not like mushrooms", "--unless-duplicate", "--json"
    ).object()
    #expect(other["action"] as? String == "stored")
    #expect(other["duplicate"] is NSNull)
    let wrong = try await command.run("remember", "tea", "--duplicate-above", "0.9")
    #expect(wrong.status == 2)
  }

  @Test("Records are superseded, invalidated, hidden and brought back")
  func life() async throws {
    let lisbon = try await id("remember", "Alice lives in Lisbon", "--created-at", "2026-01-01")
    let porto = try await id("supersede", lisbon, "Alice lives in Porto", "--actor", "me")
    let chain = try await command.run("chain", lisbon, "--json").output.split(separator: "\n")
    #expect(chain.count == 2 && chain[0].contains(lisbon) && chain[1].contains("in Porto"))
    let list = try await command.run("list", "--as-of", "2026-02-01")
    #expect(list.output.contains("Lisbon") && !list.output.contains("Porto"))
    let recalled = try await command.run(
      "recall", "where does Alice live?", "--as-of", "2026-02-01")
    #expect(recalled.output.contains("Lisbon") && !recalled.output.contains("Porto"))
    #expect(try await command.run("supersede", lisbon, "x").status == 1)
    #expect(try await id("invalidate", porto) == porto)
    #expect(try await command.run("list").output.isEmpty)
    #expect(try await command.run("forget", "--soft", porto).output == "Hid 1 of 1.\n")
    #expect(try await id("unforget", porto) == porto)
    let record = try await command.run("get", porto, "--json").object()
    #expect(record["status"] as? String == "invalidated")
    #expect(try await command.run("unforget", porto).status == 1)
    #expect(try await command.run("forget", "--soft").status == 2)
    let log = try await command.run("audit", "--record", porto).output
    #expect(log.contains("invalidate") && log.contains("restore") && log.contains("forget"))
  }
}
