import Foundation
import LociTestKit
import Testing

@Suite("Limits and locks around the command")
struct LimitTests {
  private let command: CommandProcess

  init() throws { command = try CommandProcess() }

  @Test(
    "With too few files to open, it ends with an error that says so, and by no signal",
    arguments: Array(3...12) + [20, 30, 48])
  func openFiles(_ count: Int) async throws {
    for words in [["list"], ["recall", "x"], ["remember", "x", "--json"]] {
      let answer = try await command.run(
        words, through: ["/bin/sh", "-c", #"ulimit -n \#(count) && exec "$@""#, "sh"])
      guard count > 3 else {
        // The system's loader can't open a library then.
        #expect(answer.reason == .exit)
        continue
      }
      #expect(answer.reason == .exit, "\(words) with \(count)")
      #expect(answer.status == 1)
      #expect(answer.errors.contains("ulimit -n"), "\(answer.errors)")
    }
  }

  @Test("A lower soft limit is raised as far as the system allows")
  func softLimit() async throws {
    let answer = try await command.run(
      ["remember", "x"], through: ["/bin/sh", "-c", #"ulimit -S -n 8 && exec "$@""#, "sh"])
    #expect(answer.status == 0, "\(answer.errors)")
  }

  @Test("A recall beside a process that holds the write lock answers, and counts nothing")
  func lockedStore() async throws {
    let id = try await command.run("remember", "The ferry leaves from pier nine").output
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let release = try await SecondProcess.holdWriteLock(of: command.folder.file("memory.sqlite"))
    let answer = try await command.run("recall", "ferry", "--mode", "lexical")
    try await release()
    #expect(answer.output.contains("pier nine"))
    func count() async throws -> Int? {
      try await command.run("get", id, "--json").object()["access_count"] as? Int
    }
    #expect(try await count() == 0)
    _ = try await command.run("recall", "ferry", "--mode", "lexical")
    #expect(try await count() == 1)
  }

  @Test("Damaged records are named on stderr and the answer ends with status 1")
  func damaged() async throws {
    for (id, text) in [("a", "The ferry leaves from pier nine"), ("b", "The ferry is blue")] {
      #expect(try await command.run("remember", text, "--id", id).status == 0)
    }
    let store = command.folder.file("memory.sqlite")
    var bytes = try Data(contentsOf: store)
    let place = try #require(bytes.range(of: Data("pier nine".utf8)))
    bytes.replaceSubrange(place, with: Data("pier five".utf8))
    try bytes.write(to: store)
    for words in [["list"], ["recall", "ferry", "--mode", "lexical"], ["doctor"], ["fsck"]] {
      let answer = try await command.run(words)
      #expect(answer.status == 1, "\(words)")
      #expect(!answer.output.contains("pier five"))
      #expect((answer.errors + answer.output).contains("a in default"), "\(answer)")
    }
    #expect(try await command.run("list", "--quiet").output.contains("blue"))
    #expect(try await command.run("get", "a").status == 1)
    #expect(try await command.run("forget", "a").status == 0)
    #expect(try await command.run("list").status == 0)
  }
}
