import Foundation
import LociTestKit
import Testing

@Suite("The command as a process")
struct UsageTests {
  private let command: CommandProcess

  init() throws { command = try CommandProcess() }

  @Test("Version and help go to stdout with status 0")
  func version() async throws {
    let version = try await command.run("--version")
    #expect(version.status == 0)
    #expect(version.output.hasPrefix("loci "))
    #expect(version.errors.isEmpty)
    #expect(try await command.run("version", "--json").object()["version"] is String)
    let help = try await command.run("help")
    #expect(help.status == 0)
    for verb in ["remember", "recall", "ingest", "embed", "doctor", "eval"] {
      #expect(help.output.contains("\n  \(verb) "))
      let own = try await command.run("help", verb)
      #expect(own.status == 0)
      #expect(own.output == (try await command.run(verb, "--help").output))
    }
  }

  @Test(
    "Wrong usage ends with status 2, nothing on stdout and one line that says what would be right",
    arguments: [
      (["recal", "x"], "loci recall"), (["recall", "x", "--limt=3"], "--limit"),
      (["recall"], "QUERY"), (["recall", "x", "--limit", "0"], "1 to"),
      (["remember", "x", "--importance", "9"], "1 to 5"), (["--"], "loci help"),
      (["recall", "x", "--namespace", ""], "empty"), (["forget"], "ID"),
      (["eval"], "sts"), (["list", "--since", "yesterday"], "2026"),
      (["list", "--since", "2026-02-31"], "last day"), (["list", "--where", "year=>2020"], ">="),
      (["list", "--since", "2026-02-01", "--until", "2026-01-01"], "Exchange"),
      (["list", "-limit", "3"], "--limit"),
      (["remember", "x", "--id", ""], "empty"), (["embed", "--role", "quer"], "query"),
      (["get", "\u{7}"], "control"),
    ])
  func usage(words: [String], remedy: String) async throws {
    let answer = try await command.run(words)
    #expect(answer.status == 2)
    #expect(answer.output.isEmpty)
    #expect(answer.errors.hasPrefix("loci: "))
    #expect(answer.errors.split(separator: "\n").count == 1)
    #expect(answer.errors.contains(remedy))
  }

  @Test("The command's name alone prints an introduction, with status 0")
  func introduction() async throws {
    let answer = try await command.run([])
    #expect(answer.status == 0)
    #expect(answer.errors.isEmpty)
    #expect(answer.output.contains("loci help"))
    #expect(answer.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(answer.output.count < (try await command.run("help")).output.count)
  }

  @Test("Letters do what the long options do")
  func letters() async throws {
    #expect(try await command.run("-V").output == (try await command.run("--version")).output)
    #expect(try await command.run("-h").output == (try await command.run("help")).output)
    _ = try await command.run("remember", "x", "-nbot:ada")
    let listed = try await command.run("list", "-qj", "-n", "bot:ada", "-l", "1")
    #expect(try listed.object()["namespace"] as? String == "bot:ada")
    let error = try await command.run("recal", "-qj")
    #expect(error.errors.hasPrefix("{\"error\":"))
  }

  @Test("Help names its verbs in groups, within 80 columns where the width is unknown")
  func groups() async throws {
    let help = try await command.run("help").output
    for title in ["Remember and find", "Documents", "Models", "Where it lies", "Health"] {
      #expect(help.contains("\n\(title)\n"))
    }
    for verb in ["recall", "ingest", "list", "migrate", "embed", "config"] {
      let text = try await command.run("help", verb).output
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(verb)")
    }
  }

  @Test("With --json an error is JSON on stderr too")
  func jsonErrors() async throws {
    let answer = try await command.run("recal", "x", "--json")
    #expect(answer.status == 2)
    #expect(answer.output.isEmpty)
    let parsed = try JSONSerialization.jsonObject(with: Data(answer.errors.utf8))
    let error = try #require((parsed as? [String: Any])?["error"] as? [String: Any])
    #expect(error["code"] as? String == "usage")
    #expect(error["message"] is String)
    #expect((error["remedy"] as? String)?.contains("recall") == true)
  }

  @Test("A closed pipe ends the command without a word")
  func closedPipe() async throws {
    let process = try command.process(["help"])
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try output.fileHandleForReading.close()
    try await process.runToEnd()
    try errors.fileHandleForWriting.close()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 0)
    #expect(errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
  }

  @Test("Ctrl-C ends a command that waits for input, as a signal")
  func interrupt() async throws {
    let process = try command.process(["remember", "-"])
    let input = Pipe()
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    async let end: Void = process.runToEnd()
    while !process.isRunning { try await Task.sleep(for: .milliseconds(10)) }
    try await Task.sleep(for: .milliseconds(500))
    process.interrupt()
    try await end
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == SIGINT)
  }

  @Test("Text that is not UTF-8 is refused, not repaired")
  func invalidText() async throws {
    let answer = try await command.run(["remember", "-"], input: [0x61, 0xFF, 0x62])
    #expect(answer.status == 1)
    #expect(answer.errors.contains("UTF-8"))
    #expect(answer.output.isEmpty)
  }

  @Test("A file to measure with that is malformed is refused with the line's number")
  func malformedFile() async throws {
    let file = command.folder.file("sts.tsv")
    try Data("score\tsentence1\tsentence2\n1\ta\tb\n2\tsecret\n".utf8).write(to: file)
    let answer = try await command.run("eval", "sts", file.path)
    #expect(answer.status == 1)
    #expect(answer.errors.contains("Line 3"))
    #expect(!answer.errors.contains("secret"))
    #expect(try await command.run("eval", "sts", "/nowhere").status == 1)
  }
}
