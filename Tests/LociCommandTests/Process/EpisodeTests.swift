import Foundation
import LociTestKit
import Testing

@Suite("Episodes, from the command line")
struct EpisodeVerbTests {
  private let command: CommandProcess

  init() throws { command = try CommandProcess() }

  private func id(_ answer: CommandProcess.Answer) -> String {
    answer.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test("An episode is begun, told, closed, shown and listed")
  func life() async throws {
    let begun = try await command.run(
      "episode", "begin", "Planning the journey to Porto", "--importance", "4")
    #expect(begun.status == 0, "\(begun.errors)")
    let episode = id(begun)
    let added = try await command.run(
      "episode", "add", episode, "Shall we take the train?", "--speaker", "alice", "--time",
      "2026-05-01T10:00:00+02:00")
    #expect(added.status == 0 && !added.output.isEmpty, "\(added.errors)")
    let closed = try await command.run(
      "episode", "close", episode, "--status", "failed", "--outcome", "No train goes.", "--json")
    #expect(try closed.object()["outcome"] as? String == "No train goes.")
    #expect(try await command.run("episode", "add", episode, "More").status == 1)
    let shown = try await command.run("episode", "show", episode)
    for part in ["failed", "No train goes.", "alice: Shall we take the train?", "08:00:00"] {
      #expect(shown.output.contains(part), "\(part)")
    }
    let json = try await command.run("episode", "show", episode, "--json").object()
    #expect((json["turns"] as? [[String: Any]])?.first?["segment"] as? Int == 1)
    #expect((json["episode"] as? [String: Any])?["decay"] as? Double == 1)
    #expect(try await command.run("episode", "list").output.contains("[failed] Planning"))
    #expect(try await command.run("episode", "list", "--status", "active").output.isEmpty)
    #expect(id(try await command.run("episode", "reopen", episode)) == episode)
    #expect(try await command.run("episode", "forget", episode).output == "Erased 2 records.\n")
    #expect(try await command.run("list").output.isEmpty)
    #expect(try await command.run("episode", "close", "missing").errors.contains("no episode"))
  }

  @Test("A conversation is taken in once, whatever is wrong with some lines, and goes on")
  func conversation() async throws {
    let file = command.folder.file("chat.jsonl")
    let lines = [
      #"{"speaker": "alice", "text": "Shall we go?", "time": "2026-05-01T10:00:00+02:00"}"#,
      #"{"speaker": "bob", "text": "Yes.", "time": "2026-05-01T08:01:00Z"}"#,
      #"{"speaker": "bob", "text": "secret word", "time": "yesterday"}"#,
      "no json, secret word",
      #"{"speaker": "bob", "text": "   "}"#,
      #"{"speaker": "alice", "text": "Then tomorrow.", "time": "2026-05-01T12:00:00+02:00"}"#,
    ]
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
    let first = try await command.run(
      "episode", "ingest", file.path, "--description", "About going", "--json")
    #expect(first.status == 3)
    for line in 3...5 { #expect(first.errors.contains("Line \(line):"), "\(first.errors)") }
    #expect(!first.errors.contains("secret"))
    let answer = try first.object()
    #expect(answer["added"] as? Int == 3 && answer["rejected"] as? Int == 3)
    let episode = try #require((answer["episode"] as? [String: Any])?["id"] as? String)
    let again = try await command.run("episode", "ingest", file.path, "--json")
    #expect(try again.object()["added"] as? Int == 0)
    #expect(try again.object()["unchanged"] as? Int == 3)
    let more = lines + [#"{"speaker": "bob", "text": "Good.", "time": "2026-05-01T10:01:00Z"}"#]
    let grown = try await command.run(
      ["episode", "ingest", "-", "--json"], input: Array(more.joined(separator: "\n").utf8))
    #expect(try grown.object()["added"] as? Int == 1)
    let shown = try await command.run("episode", "show", episode, "--json").object()
    let turns = try #require(shown["turns"] as? [[String: Any]])
    #expect(
      turns.map { $0["text"] as? String } == ["Shall we go?", "Yes.", "Then tomorrow.", "Good."])
    #expect(turns[0]["time"] as? String == "2026-05-01T08:00:00.000Z")
    let recalled = try await command.run("recall", "when do we go?", "--unit", "whole", "--json")
    #expect(recalled.output.contains(episode))
  }

  @Test("Upkeep tells what it would do, does it, and is configured by the user alone")
  func upkeep() async throws {
    #expect(try await command.run("episode", "begin", "Planning").status == 0)
    let dry = try await command.run("upkeep", "--dry-run", "--json")
    #expect(dry.status == 0, "\(dry.errors)")
    let steps = try #require(try dry.object()["steps"] as? [[String: Any]])
    #expect(steps.count == 9 && steps.allSatisfy { $0["outcome"] as? String == "done" })
    #expect(try await command.run("restore", "--list").output.isEmpty)
    let done = try await command.run("upkeep")
    #expect(done.status == 0 && done.output.contains("Back up: "), "\(done.errors)")
    #expect(try await !command.run("restore", "--list").output.isEmpty)
    let some = try await command.run(
      ["upkeep", "--steps", "retention", "--json"], environment: ["LOCI_RETENTION_DAYS": "0"])
    let one = try #require(try some.object()["steps"] as? [[String: Any]])
    #expect(one.count == 1 && one[0]["outcome"] as? String == "skipped")
    let project = command.folder.file("project")
    try FileManager.default.createDirectory(at: project, withIntermediateDirectories: true)
    try Data("[upkeep]\nretention_days = 1\n".utf8)
      .write(to: project.appending(path: "loci.toml"))
    let refused = try await command.run(["upkeep"], in: project)
    #expect(refused.status == 1 && refused.errors.contains("upkeep.retention_days"))
  }
}
