import Foundation
import LociTestKit
import Testing

@Suite("Remembering from the command line")
struct MemoryTests {
  private let command: CommandProcess

  init() throws { command = try CommandProcess() }

  @Test("What is remembered is recalled, changed and forgotten")
  func roundTrip() async throws {
    let stored = try await command.run(
      "remember", "Alice prefers tea to coffee", "--category", "preference", "--metadata",
      "year=2026", "--metadata", "topic=drinks")
    #expect(stored.status == 0)
    let id = stored.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(try await command.run("remember", "The train to Lisbon leaves at nine").status == 0)

    let found = try await command.run("recall", "what does Alice drink?", "--limit", "1", "--json")
      .object()
    let hit = try #require((found["hits"] as? [[String: Any]])?.first)
    let record = try #require(hit["record"] as? [String: Any])
    #expect(record["id"] as? String == id)
    #expect((record["metadata"] as? [String: Any])?["year"] as? Int == 2026)
    #expect(hit["similarity"] is Double)
    #expect(found["mode_used"] as? String == "hybrid")

    #expect(
      try await command.run("update", id, "--text", "Alice drinks water now").output == id + "\n")
    let changed = try await command.run("get", id, "--json").object()
    #expect(changed["text"] as? String == "Alice drinks water now")
    #expect(try await command.run("forget", id).output == "Forgot 1 of 1.\n")
    #expect(try await command.run("get", id).status == 1)
    #expect(try await command.run("forget", id).status == 1)
    #expect(!(try await command.run("recall", "Alice").output.contains("Alice drinks")))
    let log = try await command.run("audit", "--record", id, "--json").output.split(separator: "\n")
    #expect(log.count == 3)
  }

  @Test("Namespaces are apart, and LOCI_NAMESPACE names the default")
  func namespaces() async throws {
    _ = try await command.run("remember", "Only Ada knows the tower code", "--namespace", "bot:ada")
    #expect(try await command.run("list", "--json").output.isEmpty)
    let answer = try await command.run("recall", "tower code")
    #expect(answer.status == 0)
    #expect(answer.output == "Nothing relevant was found.\n")
    let other = try await command.run(
      ["recall", "tower code"], environment: ["LOCI_NAMESPACE": "bot:ada"])
    #expect(other.output.contains("tower code"))
  }

  @Test("Filters and modes narrow a recall")
  func filters() async throws {
    for (text, year) in [("Tea in spring", 2019), ("Tea in autumn", 2021)] {
      _ = try await command.run("remember", text, "--metadata", "year=\(year)")
    }
    let late = try await command.run("recall", "tea", "--mode", "lexical", "--where", "year>=2020")
    #expect(late.output.contains("autumn"))
    #expect(!late.output.contains("spring"))
    #expect(try await command.run("list", "--status", "forgotten", "--json").output.isEmpty)
    #expect(try await command.run("list", "--until", "1999-12-31", "--json").output.isEmpty)
    #expect(try await command.run("list", "--json").output.split(separator: "\n").count == 2)
  }

  @Test("An explained recall names its stages and each leg's word")
  func explanation() async throws {
    _ = try await command.run("remember", "The lighthouse keeper feeds the cat")
    let answer = try await command.run("recall", "cat of the lighthouse", "--explain", "--json")
      .object()
    let stages = try #require(answer["stages"] as? [[String: Any]]).compactMap {
      $0["name"] as? String
    }
    #expect(Set(stages).isSuperset(of: ["embed", "semantic", "lexical", "read"]))
    let hit = try #require((answer["hits"] as? [[String: Any]])?.first)
    let legs = try #require(hit["placements"] as? [[String: Any]]).compactMap {
      $0["leg"] as? String
    }
    #expect(Set(legs) == ["semantic", "lexical"])
  }

  @Test("A text from the standard input keeps its bytes, NUL and emoji included")
  func standardInput() async throws {
    let text = "A\u{0}B 👩‍👩‍👧 مرحبا\n\ttabs\n"
    let id = try await command.run("remember", "-", input: text).output
      .trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(try await command.run("get", id, "--json").object()["text"] as? String == text)
    let shown = try await command.run("get", id).output
    #expect(!shown.contains("\u{0}"))
    #expect(try await command.run("remember", "-", input: " \n").status == 1)
  }

  @Test("Ingested files are recalled with their place")
  func ingest() async throws {
    let file = command.folder.file("guide.md")
    try Data("# Harbour\n\nThe ferry leaves from pier nine.\n".utf8).write(to: file)
    let report = try await command.run("ingest", file.path, "--json").object()
    #expect(report["added"] as? Int == 1)
    #expect(try await command.run("ingest", file.path, "--json").object()["unchanged"] as? Int == 1)
    let answer = try await command.run("recall", "where does the ferry leave from")
    #expect(answer.output.contains("guide.md:"))
    #expect(answer.output.contains("› Harbour") || answer.output.contains("Harbour"))
    #expect(try await command.run("ingest", "/nowhere/at/all").status == 1)
  }

  @Test("Nothing is styled where stdout is no terminal, and --quiet silences notes")
  func plain() async throws {
    _ = try await command.run("remember", "Plain text")
    let answer = try await command.run(["recall", "plain text"], environment: ["NO_COLOR": "1"])
    #expect(!answer.output.contains("\u{1B}"))
    #expect(!answer.errors.contains("\u{1B}"))
    #expect(try await command.run("list", "--namespace", "empty", "--quiet").errors.isEmpty)
  }
}
