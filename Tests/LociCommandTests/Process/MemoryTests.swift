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
    let embedded = try await command.run("embeddings", id, "--json").object()
    #expect(embedded["dimension"] as? Int == 384 && embedded["fresh"] as? Bool == true)
    #expect((embedded["embedded_at"] as? String)?.hasPrefix("20") == true)
    #expect(changed["text"] as? String == "Alice drinks water now")
    #expect(try await command.run("forget", id).output == "Forgot 1 of 1.\n")
    #expect(try await command.run("get", id).status == 1)
    #expect(try await command.run("forget", id).status == 1)
    #expect(!(try await command.run("recall", "Alice").output.contains("Alice drinks")))
    let log = try await command.run("audit", "--record", id, "--json").output.split(separator: "\n")
    #expect(log.count == 3)
  }

  @Test("Compacting gives back the room that forgotten records took, and keeps the others")
  func compacting() async throws {
    let long = String(repeating: "heather ", count: 60_000)
    _ = try await command.run("remember", "The heather blooms in August")
    let id = try await command.run("remember", "--id", "long", "-", input: long).output
    #expect(id == "long\n")
    _ = try await command.run("forget", "long")
    let report = try await command.run("compact", "--json").object()
    let before = try #require(report["bytes_before"] as? Int)
    let after = try #require(report["bytes_after"] as? Int)
    #expect(after < before)
    #expect(try await command.run("compact").output.hasPrefix("The store takes "))
    #expect(try await command.run("recall", "heather").output.contains("blooms in August"))
    #expect(try await command.run("help", "compact").output.contains("give back the room"))
  }

  @Test("Namespaces are apart, and LOCI_NAMESPACE names the default")
  func namespaces() async throws {
    _ = try await command.run("remember", "Only Ada knows the tower code", "--namespace", "bot:ada")
    #expect(try await command.run("list", "--json").output.isEmpty)
    let answer = try await command.run("recall", "tower code")
    #expect(answer.status == 0)
    #expect(answer.output.contains("default is empty"))
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

  @Test("A text that the model can't read is said so once, counted by status, and found by words")
  func unreadable() async throws {
    let stored = try await command.run("remember", "እኔ ሻይ እወዳለሁ", "--json")
    #expect(stored.status == 0)
    #expect(try stored.object()["projection"] as? String == "unreadable")
    #expect(stored.errors.contains("found by words only"))
    _ = try await command.run("remember", "Alice prefers tea")
    let status = try await command.run("status", "--json").object()
    let contents = try #require((status["namespaces"] as? [[String: Any]])?.first)
    #expect(contents["pending"] as? Int == 0 && contents["unreadable"] as? Int == 1)
    #expect(try await command.run("status").output.contains("1 that the model can't read"))
    let backfill = try await command.run("backfill", "--json")
    #expect(backfill.status == 0)
    #expect(try backfill.object()["unreadable"] as? Int == 1)
    let found = try await command.run("recall", "ሻይ", "--json").object()
    #expect(found["mode_used"] as? String == "lexical")
    #expect((found["hits"] as? [[String: Any]])?.count == 1)
    let vectors = try await command.run("embed", input: #"{"id": 1, "text": "🦊"}"# + "\n")
    #expect(vectors.status == 0 && vectors.errors.contains("next to no word"))
  }

  @Test("Sizes are shown before anything is fetched")
  func modelSizes() async throws {
    let home = ["HOME": command.folder.file("home").path, "LOCI_HOME": ""]
    let text = try await command.run(["models"], environment: home).output
    #expect(text.contains("not here, about 127 MiB to fetch"))
    let output = try await command.run(["models", "--json"], environment: home)
    let models = try #require(try output.json() as? [[String: Any]])
    #expect(models.allSatisfy { ($0["fetch_bytes"] as? Int ?? 0) > 90_000_000 })
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
