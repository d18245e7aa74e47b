import Foundation
import LociTestKit
import Testing

/// The options of fields and filters, through the whole command; which there are is tested beside
/// the parser.
@Suite("Fields and filters as options")
struct FieldTests {
  private let command: CommandProcess

  init() throws { command = try CommandProcess() }

  private func ids(_ words: String...) async throws -> [String] {
    let answer = try await command.run(["list", "--json"] + words)
    #expect(answer.status == 0, "\(answer.errors)")
    return try answer.output.split(separator: "\n").map { line in
      let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return try #require(record?["id"] as? String)
    }
  }

  @Test("What is said of a record comes back, is found by its filter, and is taken away again")
  func fields() async throws {
    let stored = try await command.run(
      "remember", "Alice lives in Porto", "--id", "porto", "--author", "alice", "--author-name",
      "Alice", "--audience", "trusting", "--whole", "talk", "--position", "2", "--occurred-at",
      "2020-05-01", "--valid-from", "2020-05-01", "--valid-until", "2025-05-02", "--created-at",
      "2020-05-03T10:00:00Z", "--metadata", #"tag=["home","city"]"#, "--importance", "5", "--json"
    ).object()
    let record = try #require(stored["record"] as? [String: Any])
    let expected = [
      "author": "alice", "author_name": "Alice", "audience": "trusting", "whole": "talk",
      "occurred_at": "2020-05-01T00:00:00.000Z", "valid_from": "2020-05-01T00:00:00.000Z",
      "valid_until": "2025-05-02T00:00:00.000Z", "created_at": "2020-05-03T10:00:00.000Z",
    ]
    for (name, value) in expected { #expect(record[name] as? String == value, "\(name)") }
    #expect(record["position"] as? Int == 2)
    _ = try await command.run(
      "remember", "Alice lives in Lisbon", "--id", "lisbon", "--valid-from", "2025-05-02",
      "--created-at", "2020-05-03T10:00:00Z")

    #expect(try await ids() == ["lisbon", "porto"])
    #expect(try await ids("--author", "alice") == ["porto"])
    #expect(try await ids("--where", #"tag=["city","sea"]"#) == ["porto"])
    #expect(try await ids("--occurred-until", "2020-05-01", "--min-importance", "4") == ["porto"])
    #expect(try await ids("--reader", "eve") == ["lisbon"])
    #expect(try await ids("--reader", "eve", "--trusts", "alice") == ["lisbon", "porto"])
    #expect(try await ids("--as-of", "2025-05-01") == ["porto"])
    #expect(try await ids("--as-of", "2025-05-02") == ["lisbon"])
    #expect(try await ids("--order", "valid_from") == ["porto", "lisbon"])
    #expect(try await ids("--order", "valid_from", "--descending") == ["lisbon", "porto"])
    #expect(try await ids("--order", "valid_from", "--after", "porto") == ["lisbon"])
    _ = try await command.run("remember", "Bob lives in Faro", "--id", "faro")
    #expect(try await ids("--descending", "--limit", "1") == ["faro"])
    _ = try await command.run("forget", "faro")
    _ = try await command.run("remember", "Bob lives in Faro", "-n", "other")
    let both = try await command.run("recall", "who lives where?", "--also", "other", "--json")
    let hits = try both.object()["hits"] as? [[String: Any]] ?? []
    let places = hits.compactMap { ($0["record"] as? [String: Any])?["namespace"] as? String }
    #expect(hits.count == 3 && Set(places).count == 2)
    let recalled = try await command.run(
      "recall", "where does Alice live?", "--as-of", "2021-01-01", "--whole", "talk")
    #expect(recalled.output.contains("Porto") && !recalled.output.contains("Lisbon"))

    let changed = try await command.run(
      "update", "porto", "--clear", "valid_until", "--clear", "whole", "--audience", "author",
      "--actor", "eve", "--json"
    ).object()
    let cleared = try #require(changed["record"] as? [String: Any])
    #expect(cleared["valid_until"] is NSNull && cleared["whole"] is NSNull)
    let forgotten = try await command.run("forget", "--author", "alice", "--json")
    #expect(try forgotten.object()["forgotten"] as? Int == 1)
    #expect(try await ids("--status", "all") == ["lisbon"])
    let mixed = try await command.run("forget", "lisbon", "--author", "alice")
    #expect(mixed.status == 2 && mixed.errors.contains("together"))
  }

  @Test("Erasing tells where nothing is left, and what is the user's to erase")
  func erasing() async throws {
    _ = try await command.run("remember", "qzxvkjw", "--id", "a", "--no-embedding")
    _ = try await command.run("remember", "qzxvkjw too", "--id", "b", "--no-embedding")
    let backup = try await command.run("backup")
    #expect(backup.status == 0, "\(backup.errors)")
    let erased = try await command.run("forget", "a", "--erase", "--json").object()
    #expect(erased["forgotten"] as? Int == 1 && (erased["clean"] as? [String])?.count == 1)
    #expect((erased["remains"] as? [String])?.first?.contains(".backups/loci-") == true)
    let unnamed = try await command.run("forget", "--all", "--erase")
    #expect(unnamed.status != 0 && unnamed.errors.contains("--namespace"))
    let all = try await command.run("forget", "--all", "--erase", "--namespace", "default")
    #expect(all.output.hasPrefix("Forgot 1 of 1.\nNo byte is left in "), "\(all.output)")
    let file = try Data(contentsOf: command.folder.file("memory.sqlite"))
    #expect(file.range(of: Data("qzxvkjw".utf8)) == nil)
    #expect(try await command.run("forget", "b", "--erase", "--soft").status == 2)
  }
}
