import Foundation
import LociTestKit
import Testing

@Suite("Embedding as a filter")
struct EmbedTests {
  private let command: CommandProcess

  init() throws { command = try CommandProcess() }

  private func rows(_ output: String) throws -> [[String: Any]] {
    try output.split(separator: "\n").map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test("Every text gets a unit vector, in order, under its own id")
  func order() async throws {
    let ids = ["\"a\"", "7", "-3", "1.5", "12345678901234567890", "\"7\""]
    let input = ids.enumerated()
      .map { "{\"id\": \($1), \"text\": \"\(String(repeating: "word ", count: 40 - $0 * 7))\"}" }
      .joined(separator: "\n\n")
    let answer = try await command.run("embed", input: input)
    #expect(answer.status == 0)
    let lines = answer.output.split(separator: "\n")
    #expect(lines.count == ids.count)
    for (line, id) in zip(lines, ids) { #expect(line.hasPrefix("{\"id\":\(id),\"vector\":[")) }
    for row in try rows(answer.output) {
      let vector = try #require(row["vector"] as? [Double])
      #expect(vector.count == 384)
      #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    }
  }

  @Test("More lines than a window come back in order")
  func windows() async throws {
    let input = (0..<700).map { "{\"id\": \($0), \"text\": \"number \($0)\"}" }
      .joined(separator: "\n")
    let answer = try await command.run("embed", "--quiet", input: input)
    #expect(answer.status == 0)
    #expect(answer.errors.isEmpty)
    #expect(try rows(answer.output).map { $0["id"] as? Int } == (0..<700).map { $0 })
  }

  @Test("No input gives no output")
  func empty() async throws {
    let answer = try await command.run("embed")
    #expect(answer.status == 0)
    #expect(answer.output.isEmpty)
  }

  @Test(
    "A bad line ends it with the line's number, without its text, after the lines before it",
    arguments: [
      "{\"id\": 2, \"text\": 5, \"x\": \"secret\"}", "{\"text\": \"secret\"}", "secret",
      "[\"secret\"]", "{\"id\": true, \"text\": \"secret\"}", "{\"id\": 2, \"text\": \"secret",
    ])
  func badLine(line: String) async throws {
    let answer = try await command.run(
      "embed", input: "{\"id\": 1, \"text\": \"good\"}\n\(line)\n{\"id\": 3, \"text\": \"late\"}\n")
    #expect(answer.status == 1)
    #expect(try rows(answer.output).map { $0["id"] as? Int } == [1])
    #expect(answer.errors.contains("Line 2"))
    #expect(!answer.errors.contains("secret"))
  }

  @Test("A slow writer gets each answer before it writes the next line")
  func flow() async throws {
    let process = try command.process(["embed"])
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    DispatchQueue.global().asyncAfter(deadline: .now() + 60) { process.terminate() }
    for id in 1...3 {
      try input.fileHandleForWriting.write(
        contentsOf: Data("{\"id\": \(id), \"text\": \"line \(id)\"}\n".utf8))
      var answer = Data()
      while answer.last != UInt8(ascii: "\n") {
        let more = output.fileHandleForReading.availableData
        try #require(!more.isEmpty)
        answer += more
      }
      #expect(String(decoding: answer, as: UTF8.self).hasPrefix("{\"id\":\(id),"))
    }
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
