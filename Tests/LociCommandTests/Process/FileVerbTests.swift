import Foundation
import LociTestKit
import Testing

@Suite("The verbs for ingested files")
struct FileVerbTests {
  private let command: CommandProcess
  private let file: URL

  init() throws {
    command = try CommandProcess()
    file = command.folder.file("guide.md")
  }

  private func ingest(_ text: String, _ environment: [String: String] = [:]) async throws {
    try Data(text.utf8).write(to: file)
    let answer = try await command.run(["ingest", "guide.md"], environment: environment)
    #expect(answer.status == 0, "\(answer.errors)")
  }

  @Test("Files are listed, their versions shown, and forgotten, with the file or without it")
  func verbs() async throws {
    for number in 1...3 { try await ingest("Text \(number).\n") }
    let listed = try await command.run("files")
    #expect(listed.output.contains("guide.md  3 versions"))
    let json = try await command.run("files", "--json").object()
    #expect((json["versions"] as? [[String: Any]])?.count == 3)
    let versions = try await command.run("files", "versions", "guide.md")
    #expect(versions.output.split(separator: "\n").count == 3)
    try FileManager.default.removeItem(at: file)
    #expect(try await command.run("files", "show", "guide.md").output == "Text 3.\n")
    let first = try await command.run("files", "show", "guide.md", "--version", "1", "--json")
    #expect(try first.object()["text"] as? String == "Text 1.\n")
    for words in [
      ["show", "guide.md", "--version", "4"], ["show", "x.md"], ["versions", "x.md"],
    ] {
      #expect(try await command.run(["files"] + words).status == 1)
    }
    #expect(try await command.run("files", "show", "guide.md", "--version", "0").status == 2)
    let elsewhere = try await command.run("files", "show", "guide.md", "-n", "other")
    #expect(elsewhere.status == 1)
    let forgotten = try await command.run("files", "forget", "guide.md", "--json")
    #expect(try forgotten.object()["sources"] as? Int == 1)
    #expect(try await command.run("files", "forget", "guide.md").status == 1)
    #expect(try await command.run("list", "--json").output.isEmpty)
  }

  @Test("The settings say how much is kept, and a stranger's project file does not")
  func settings() async throws {
    for number in 1...3 { try await ingest("Text \(number).\n", ["LOCI_FILE_VERSIONS": "1"]) }
    let few = try await command.run("files", "versions", "guide.md", "--json").object()
    let numbers = (few["versions"] as? [[String: Any]])?.map { $0["number"] as? Int }
    #expect(numbers == [2, 3])
    try await ingest("Text 4.\n", ["LOCI_FILE_VERSIONS": "0"])
    #expect(try await command.run("files", "show", "guide.md").status == 1)
    try Data("[files]\nversions = 0\n".utf8).write(to: command.folder.file("loci.toml"))
    #expect(try await command.run("ingest", "guide.md").status == 1)
  }
}
