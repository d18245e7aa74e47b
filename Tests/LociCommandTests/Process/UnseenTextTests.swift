import Foundation
import LociTestKit
import Testing

@Suite("Text that would steer a terminal, through every verb")
struct UnseenTextTests {
  private let command: CommandProcess

  init() throws { command = try CommandProcess() }

  // All but the controls, which names and ids must not hold.
  private let unseen = String(
    String.UnicodeScalarView(
      Unseen.scalars.filter { $0.value > 0x9F && $0.value < 0xE0040 || $0.value == 0xE007F }))

  private func expectClean(_ answer: CommandProcess.Answer, _ words: [String]) {
    #expect(Unseen.found(in: answer.output).isEmpty, "\(words): \(answer.output)")
    #expect(Unseen.found(in: answer.errors).isEmpty, "\(words): \(answer.errors)")
  }

  private func run(_ words: [String], input: String = "") async throws -> CommandProcess.Answer {
    let answer = try await command.run(words, input: Array(input.utf8))
    expectClean(answer, words)
    return answer
  }

  @Test("A record that holds all of it in every field is shown without any, and JSON keeps it")
  func everyField() async throws {
    // A name has room for 256 bytes, so it holds a part.
    let part = String(unseen.unicodeScalars.prefix(40).map(Character.init))
    let names = (id: "id\(part)", namespace: "n\(part)", other: "o\(part)")
    let text = "Tea \(unseen)\u{1B}[31m\u{7F}\u{9B}31m"
    let stored = try await run(
      [
        "remember", "-", "--id", names.id, "-n", names.namespace, "--category", names.other,
        "--collection", names.other, "--author", "a\(unseen)\u{1B}", "--metadata",
        "k\(unseen)=v\(unseen)\u{1B}", "--json",
      ], input: text)
    #expect(stored.status == 0)
    for words in [
      ["get", names.id], ["list"], ["recall", "tea", "--explain"], ["audit"], ["status"],
      ["doctor"], ["fsck"], ["config"], ["models"],
      ["list", "--where", "k\(unseen)=v\(unseen)\u{1B}"],
      ["update", names.id, "--importance", "4"], ["backfill"],
    ] {
      let place =
        ["status", "doctor", "fsck", "models"].contains(words[0]) ? [] : ["-n", names.namespace]
      for form in [[], ["--json"]] {
        #expect(try await run(words + place + form).status == 0, "\(words)")
      }
    }
    let record = try await run(["get", names.id, "-n", names.namespace, "-j"]).object()
    #expect((record["text"] as? String)?.utf8.elementsEqual(text.utf8) == true)
    #expect((record["id"] as? String)?.utf8.elementsEqual(names.id.utf8) == true)
    let metadata = try #require(record["metadata"] as? [String: String])
    #expect(metadata.first?.key.utf8.elementsEqual("k\(unseen)".utf8) == true)
    #expect(metadata.first?.value.utf8.elementsEqual("v\(unseen)\u{1B}".utf8) == true)
    for form in [[], ["--json"]] {
      let gone = try await run(["forget", "no\(part)", "-n", names.namespace] + form)
      #expect(gone.status == 1)
    }
    let styled = try await command.run(
      ["get", names.id, "-n", names.namespace],
      environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "", "TERM": "xterm"])
    #expect(styled.output.contains("\u{1B}[2m"))
    let unstyled = styled.output.replacing("\u{1B}[2m", with: "").replacing("\u{1B}[0m", with: "")
    #expect(Unseen.found(in: unstyled).isEmpty)
  }

  @Test("Names of files, arguments and settings are shown without any in errors")
  func errors() async throws {
    let part = String(unseen.unicodeScalars.prefix(40).map(Character.init))
    let folder = command.folder.file("docs\(part)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("# Tea\(unseen)\n\nText\(unseen)\n".utf8).write(
      to: folder.appending(path: "a\(part).md"))
    try Data([0xFF, 0xFE]).write(to: folder.appending(path: "b\(part).md"))
    _ = try await run(["ingest", folder.path])
    _ = try await run(["ingest", folder.path, "--json"])
    _ = try await run(["recall", "tea"])
    let settings = command.folder.file("bad\(part).toml")
    try Data("[recall]\nlimit\u{9B} = \u{202E}\n".utf8).write(to: settings)
    for words in [
      ["ver\u{202E}b\u{1B}"], ["list", "--opt\u{202E}\u{9B}"], ["list", "-\u{202E}"],
      ["list", "--status", "x\u{202E}"], ["get", "x\u{9B}"], ["get", "x\(part)"],
      ["ingest", "/nowhere\(unseen)\u{9B}"], ["eval", "sts", "/nowhere\(unseen)\u{1B}"],
      ["list", "--config", settings.path], ["list", "--config", "/nowhere\(part)"],
      ["models", "fetch", "no\(part)"], ["help", "no\u{202E}"], ["list", "--where", "\u{202E}"],
      ["list", "--store", "/nowhere\(part)/x"],
    ] {
      for form in [[], ["--json"]] {
        let answer = try await command.run(words + form, environment: ["LOCI_OFFLINE": "1"])
        expectClean(answer, words)
        #expect(answer.status != 0 || words.contains("--store"), "\(words)")
      }
    }
    _ = try await run(["embed"], input: "{\"id\": \"\(unseen)\", \"text\": \"a\"}\nx\(unseen)")
    let placed = try await command.run(
      ["config"], environment: ["LOCI_VECTOR_PATH": "/x\(unseen)", "LOCI_MODEL": "m\(unseen)"])
    expectClean(placed, ["config"])
  }
}
