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

  @Test("An id comes back byte for byte: digits, exponents, zeros and escapes")
  func exactIDs() async throws {
    let ids = [
      "12345678901234567890123456789012345678901234567890", "1.0", "1e2", "1E+2", "-0", "-0.0",
      "0.10",
      "1e999", "9007199254740993", "0.1000000000000000055511151231257827", #""\u0061\/b""#,
      #""a\n""#,
      #""\ud83d\ude00😀""#, #""""#, #""é""#,
    ]
    let lines = ids.map {
      #"{"nested": {"id": 1, "x": [{"id": 2}]}, "\u0069d" :  \#($0) , "text": "a"}"#
    }
    let answer = try await command.run("embed", input: lines.joined(separator: "\n"))
    #expect(answer.status == 0, "\(answer.errors)")
    let output = answer.output.split(separator: "\n")
    #expect(output.count == ids.count)
    for (line, id) in zip(output, ids) {
      #expect(line.utf8.starts(with: "{\"id\":\(id),\"vector\":[".utf8), "\(line.prefix(80))")
    }
  }

  @Test("An id that could steer a terminal comes back as the same text, escaped")
  func unseenID() async throws {
    let answer = try await command.run(
      "embed", input: "{\"id\": \"a\u{202E}\u{E0041}\u{9B}\u{7F}\", \"text\": \"x\"}")
    #expect(answer.output.hasPrefix(#"{"id":"a\u202e\udb40\udc41\u009b\u007f","vector""#))
    #expect(try rows(answer.output)[0]["id"] as? String == "a\u{202E}\u{E0041}\u{9B}\u{7F}")
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
      #"{"id": null, "text": "secret"}"#, #"{"id": {"secret": 1}, "text": "a"}"#,
      #"{"id": [1], "text": "secret"}"#, #"{"id": 1, "id": 2, "text": "secret"}"#,
      #"{"id": 1, "\u0069d": 2, "text": "secret"}"#, #"{"id": 1, "text": "a", "text": "secret"}"#,
      #"{"id": "\ud800", "text": "secret"}"#, #"{"id": 1, "text": "secret\udc00"}"#,
      #"{"id": 01, "text": "secret"}"#, #"{"id": +1, "text": "secret"}"#,
      #"{"id": .5, "text": "secret"}"#, #"{"id": 1., "text": "secret"}"#,
      #"{"id": 0x1, "text": "secret"}"#, #"{"id": NaN, "text": "secret"}"#,
      #"{"id": 1, "text": "secret",}"#, #"{"id": 1, "text": "secret"} {}"#,
      #"{"id": 1, "text": "secret", "x": \#(String(repeating: "[", count: 100_000))"#,
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
