import Foundation
import LociTestKit
import Testing

/// Processes that ingest the same folder at once, on every backend.
@Suite("Ingesting from two processes at once")
struct ConcurrentIngestTests {
  private let command: CommandProcess
  private let docs: URL

  init() throws {
    command = try CommandProcess()
    docs = command.folder.file("docs")
    try FileManager.default.createDirectory(at: docs, withIntermediateDirectories: true)
  }

  private func write(_ version: Int, count: Int = 40) throws {
    for index in 0..<count {
      try Data("# Note \(index)\n\nVersion \(version) of note \(index) says hello.\n".utf8)
        .write(to: docs.appending(path: "\(index).md"))
    }
  }

  /// Runs command lines as processes at once; returns their statuses and what they said.
  private func together(
    _ lines: [[String]], _ environment: [String: String]
  ) async throws -> [CommandProcess.Answer] {
    try await withThrowingTaskGroup(of: CommandProcess.Answer.self) { group in
      for words in lines {
        group.addTask { try await command.run(words, environment: environment) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  private func environment(_ backend: String) async throws -> [String: String] {
    guard backend == "postgres" || backend == "all-postgres" else {
      return ["LOCI_VECTOR_BACKEND": backend]
    }
    let server = try await PostgresServer.shared.value
    return [
      "LOCI_VECTOR_BACKEND": "postgres", "LOCI_POSTGRES_URL": server.conninfo(),
      "LOCI_POSTGRES_SCHEMA": "ingest_\(UUID().uuidString.prefix(8).lowercased())",
      "LOCI_STORE_BACKEND": backend == "postgres" ? "sqlite" : "postgres",
    ]
  }

  /// What is remembered, by text.
  private func texts(_ environment: [String: String]) async throws -> [String] {
    let answer = try await command.run(
      ["list", "--limit", "1000", "--json"], environment: environment)
    #expect(answer.status == 0, "\(answer.errors)")
    return try answer.output.split(separator: "\n").map { line in
      let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return record?["text"] as? String ?? ""
    }
  }

  @Test(
    "Two first ingests, then two of changed files: both end well, and every chunk is there once",
    .timeLimit(.minutes(5)),
    arguments: ["native", "sqlite-vec", "lancedb", "postgres", "all-postgres"])
  func ingests(backend: String) async throws {
    let environment = try await environment(backend)
    for version in 1...3 {
      try write(version)
      for answer in try await together(
        Array(repeating: ["ingest", docs.path], count: 3), environment)
      {
        #expect(answer.status == 0, "\(backend), version \(version): \(answer.errors)")
      }
      let found = try await texts(environment)
      #expect(found.count == 40 && found.allSatisfy { $0.contains("Version \(version) ") })
    }
    let fsck = try await command.run(["fsck"], environment: environment)
    #expect(fsck.status == 0, "\(fsck.output)\(fsck.errors)")
  }

  @Test(
    "Files that change while two processes ingest them end as they are", .timeLimit(.minutes(5)))
  func changing() async throws {
    try write(1, count: 60)
    async let first = command.run("ingest", docs.path)
    async let second = command.run("ingest", docs.path)
    for version in 2...6 {
      try await Task.sleep(for: .milliseconds(150))
      try write(version, count: 60)
    }
    // A file that is caught while it is written is skipped, and said so.
    for answer in try await [first, second] { #expect([0, 3].contains(answer.status)) }
    #expect(try await command.run("ingest", docs.path).status == 0)
    let found = try await texts([:])
    #expect(found.count == 60 && found.allSatisfy { $0.contains("Version 6 ") })
  }

  @Test("Ingesting beside forgetting and updating fails neither", .timeLimit(.minutes(5)))
  func besideOthers() async throws {
    try write(1)
    #expect(try await command.run("ingest", docs.path).status == 0)
    let ids = try await command.run("list", "--limit", "1000", "--json").output
      .split(separator: "\n").compactMap { line in
        (try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["id"]
          as? String
      }
    // The chunks move down, so that each record is patched.
    for index in 0..<40 {
      let file = docs.appending(path: "\(index).md")
      try Data("\n\n\n\(String(contentsOf: file, encoding: .utf8))".utf8).write(to: file)
    }
    let answers = try await together(
      [
        ["ingest", docs.path], ["forget"] + ids.prefix(20), ["ingest", docs.path],
        ["update", try #require(ids.last), "--importance", "5"],
      ], [:])
    for answer in answers {
      let isGone = answer.status == 1 && answer.errors.contains("no record")
      #expect(answer.status == 0 || isGone, "\(answer.errors)")
    }
    #expect(try await command.run("ingest", docs.path).status == 0)
    #expect(try await texts([:]).count == 40)
  }
}
