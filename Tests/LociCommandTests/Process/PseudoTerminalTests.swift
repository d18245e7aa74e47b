import Foundation
import LociCommand
import LociTestKit
import Testing

/// The command on a real terminal of some width, which Python's pty module makes.
@Suite("On a terminal")
struct PseudoTerminalTests {
  private let command: CommandProcess

  init() throws { command = try CommandProcess() }

  private static let player = """
    import fcntl, os, pty, struct, sys, termios
    columns, words = int(sys.argv[1]), sys.argv[2:]
    process, terminal = pty.fork()
    if process == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        os.execv(words[0], words)
    output = b""
    while True:
        try:
            more = os.read(terminal, 65536)
        except OSError:
            break
        if not more:
            break
        output += more
    sys.stdout.buffer.write(output.replace(b"\\r\\n", b"\\n"))
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
    """

  private func run(
    _ words: [String], columns: Int, environment: [String: String] = [:]
  ) async throws -> CommandProcess.Answer {
    let process = try command.process([])
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["python3", "-c", Self.player, "\(columns)", try CommandProcess.executable.path] + words
    process.environment?.merge(["TERM": "xterm"].merging(environment) { $1 }) { $1 }
    process.environment?["NO_COLOR"] = environment["NO_COLOR"]
    let file = command.folder.file(UUID().uuidString)
    try Data().write(to: file)
    process.standardOutput = try FileHandle(forWritingTo: file)
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try await process.runToEnd()
    return CommandProcess.Answer(
      status: process.terminationStatus, reason: process.terminationReason,
      output: try String(contentsOf: file, encoding: .utf8), errors: "")
  }

  private func lines(_ output: String) -> [Substring] {
    output.replacing(#/\u{1B}\[[0-9;]*[mK]|\r/#, with: "")
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test("Every verb fits a terminal of 80 columns and of 20, but for what can't be broken")
  func widths() async throws {
    let file = command.folder.file("guide.md")
    let text = """
      # The harbour

      The ferry to the islands leaves from pier nine at half past seven in the morning,
      and
      it comes back in the evening, when the lights of the harbour are lit already.

      - Tickets are sold
        on board.
      - Dogs travel free.
      """
    try Data(text.utf8).write(to: file)
    #expect(try await command.run("ingest", file.path).status == 0)
    _ = try await command.run(
      "remember", "The lighthouse keeper feeds the cat twice a day and writes it in his book",
      "--id", "cat")
    for columns in [80, 20] {
      for words in [
        [], ["help"], ["help", "recall"], ["help", "migrate"],
        ["recall", "when does the ferry leave"],
        ["recall", "ferry", "--explain"], ["list"], ["get", "cat"], ["status"], ["doctor"],
        ["fsck"],
        ["audit"], ["config"], ["models"], ["update", "cat", "--importance", "2"],
      ] {
        let answer = try await run(words, columns: columns)
        #expect(answer.status == 0, "\(words) \(columns)")
        #expect(!answer.output.isEmpty)
        // A path, an id or an example that is meant to be copied is left whole.
        let long = lines(answer.output).filter { line in
          Wrap.columns(of: line) > columns && !line.hasPrefix("  loci ")
            && line.split(separator: " ").allSatisfy { $0.count <= 24 }
        }
        #expect(columns == 20 || long.isEmpty, "\(words) \(columns): \(long)")
      }
    }
    let found = try await run(["recall", "when does the ferry leave"], columns: 80)
    let paragraph = lines(found.output).filter { $0.hasPrefix("   ") }
    #expect(!paragraph.contains("   and"))
    #expect(paragraph.contains("   - Tickets are sold on board."))
  }

  @Test("Help is as wide as the terminal, and 100 columns at most")
  func helpWidth() async throws {
    func widest(_ columns: Int) async throws -> Int {
      lines(try await run(["help", "recall"], columns: columns).output)
        .filter { !$0.hasPrefix("  loci ") }.map(\.count).max() ?? 0
    }
    #expect(try await (60...80).contains(widest(80)))
    #expect(try await (81...100).contains(widest(100)))
    #expect(try await (81...100).contains(widest(200)))
    #expect(try await widest(60) <= 60)
  }

  @Test("Good is green and an error red on a terminal, and nothing where that is not wanted")
  func colours() async throws {
    let doctor = try await run(["doctor"], columns: 80)
    #expect(doctor.output.contains("\u{1B}[32mgood\u{1B}[0m"))
    #expect(try await run(["bogus"], columns: 80).output.contains("\u{1B}[31mloci\u{1B}[0m"))
    for environment in [
      ["NO_COLOR": "1"], ["TERM": "dumb"], ["NO_COLOR": "1", "CLICOLOR_FORCE": "1"],
    ] {
      for words in [["doctor"], ["bogus"], ["status"]] {
        let plain = try await run(words, columns: 80, environment: environment)
        #expect(!plain.output.contains(#/\u{1B}\[[0-9;]*m/#), "\(words) \(environment)")
      }
    }
    let forced = try await command.run(
      ["doctor"], environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "", "TERM": "xterm"])
    #expect(forced.output.contains("\u{1B}[32mgood"))
    #expect(!(try await command.run("doctor")).output.contains("\u{1B}"))
  }

  @Test("One is one: no verb speaks of `1 records`")
  func one() async throws {
    let file = command.folder.file("a.md")
    try Data("# One\n\nA single chunk.\n".utf8).write(to: file)
    var output = try await command.run("ingest", file.path).output
    for words in [["status"], ["fsck"], ["doctor"], ["backfill"], ["recall", "chunk"], ["list"]] {
      let answer = try await command.run(words)
      output += answer.output + answer.errors
    }
    let id = try await command.run("list", "-j").object()["id"] as? String
    output += try await command.run("get", try #require(id)).output
    let wrong = output.matches(of: #/\b1 (?!was|has)[a-z]+s\b(?! ms)/#).map { String($0.output) }
    #expect(wrong.isEmpty, "\(wrong)\n\(output)")
    #expect(output.contains("1 record"))
    #expect(output.contains("1 file;"))
  }
}
