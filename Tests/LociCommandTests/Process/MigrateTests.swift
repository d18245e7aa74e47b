import Foundation
import LociTestKit
import Testing

/// The built command on the real engines: every backend, and processes that are killed.
@Suite("Moving with the command")
struct MigrateTests {
  fileprivate static let texts = (0..<60).map { index in
    let subjects = ["Alice", "Bob", "The train", "A violin", "The garden", "My neighbour"]
    let facts = [
      "prefers tea to coffee", "leaves at nine", "was repaired last week", "needs more water",
      "sounds better in the evening", "moved to Lisbon", "likes long walks", "is painted green",
      "costs too much", "was a gift",
    ]
    return "\(subjects[index % 6]) \(facts[index / 6]), note \(index)"
  }

  @Test("Any backend to any other, twice, and the vectors are what they were, bit by bit")
  func everyPair() async throws {
    let command = try await Prepared()
    let before = try await command.checksum(movingTo: "sqlite-vec")
    // An Eulerian walk: each ordered pair of the four once.
    let walk = [
      "native", "sqlite-vec", "lancedb", "native", "postgres", "lancedb", "sqlite-vec", "postgres",
      "native", "lancedb", "postgres", "sqlite-vec", "native",
    ]
    for (step, target) in (walk + walk.dropFirst()).enumerated() {
      #expect(try await command.checksum(movingTo: target) == before, "step \(step), to \(target)")
      if step < walk.count { try await command.expectGood() }
    }
  }

  @Test("Records go to PostgreSQL and back, twice, byte for byte, and are found meanwhile")
  func records() async throws {
    let command = try await Prepared()
    var sums: Set<String> = []
    for target in ["postgres", "sqlite", "postgres", "sqlite"] {
      let answer = try await command.run("migrate", "--to", target, "--json")
      #expect(answer.status == 0, "\(target): \(answer.errors)")
      sums.insert(try #require(try answer.object()["sha256"] as? String))
      #expect(
        try await command.run("status").output.contains(
          target == "sqlite" ? "SQLite" : "PostgreSQL"))
    }
    #expect(sums.count == 1)
    try await command.expectGood()
    let back = try await command.run("migrate", "--rollback", "--json")
    #expect(try back.object()["to"] as? String == "postgres")
    try await command.expectGood()
  }

  @Test("kill -9 at 50 random moments of a move: it is finished, and nothing is lost")
  func killed() async throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("migration kill test: seed \(seed)")
    var generator = SeededGenerator(seed: seed)
    let command = try await Prepared()
    let before = try await command.checksum(movingTo: "sqlite-vec")
    // Short moves often, the ones that start a worker or a server's tables now and then.
    let walk = [
      "native", "sqlite-vec", "native", "postgres", "native", "sqlite-vec", "native", "postgres",
      "native", "lancedb",
    ]
    // Moments are drawn from what it took to finish the last such move on this machine.
    var lengths: [String: Duration] = [:]
    var interrupted = 0
    for round in 0..<200 where interrupted < 50 {
      let target = walk[round % walk.count]
      let process = try command.process(["migrate", "--to", target])
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      let length = lengths[target, default: .milliseconds(450)]
      try await Task.sleep(for: length * Double.random(in: 0...1, using: &generator))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal { interrupted += 1 }
      // Whatever was left behind, the memory works, and the same command finishes.
      let recall = try await command.run(
        "recall", "who prefers tea?", "--mode", "semantic", "--limit", "60")
      #expect(recall.status == 0, "seed \(seed), round \(round): \(recall.errors)")
      let start = ContinuousClock.now
      let end = try await command.run("migrate", "--to", target)
      lengths[target] = ContinuousClock.now - start
      #expect(end.status == 0, "seed \(seed), round \(round): \(end.errors)")
      if target == "lancedb" { try await command.expectGood() }
    }
    #expect(interrupted == 50, "the other moves ended before they were killed")
    _ = try await command.run("migrate", "--to", "native")
    #expect(try await command.checksum(movingTo: "sqlite-vec") == before, "seed \(seed)")
    try await command.expectGood()
  }

  @Test("Of two processes that move at once, one does and the other is told; nothing is lost")
  func twoMovers() async throws {
    let command = try await Prepared()
    for _ in 0..<3 {
      let movers = try ["sqlite-vec", "lancedb"].map { target in
        let process = try command.process(["migrate", "--to", target])
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
      }
      for mover in movers { mover.waitUntilExit() }
      #expect(movers.contains { $0.terminationStatus == 0 })
      try await command.expectGood()
    }
  }

  @Test("A toggle in the environment brings over what the other side was told meanwhile [22]")
  func toggle() async throws {
    let command = try await Prepared()
    for (round, backend) in ["lancedb", "native", "postgres", "sqlite-vec", "lancedb"].enumerated()
    {
      let answer = try await command.run(
        ["remember", "Zebra number \(round) crosses the street"], backend: backend)
      #expect(answer.status == 0, "\(answer.errors)")
      let recall = try await command.run(
        ["recall", "zebra", "--mode", "semantic", "--json"], backend: backend)
      #expect(
        recall.output.components(separatedBy: "crosses the street").count == round + 2,
        "\(backend): \(recall.output)\(recall.errors)")
    }
    try await command.expectGood()
  }

  @Test("A backend that is not installed is named with the one command that installs it")
  func notInstalled() async throws {
    let command = try CommandProcess()
    #expect(try await command.run("remember", "Alice prefers tea").status == 0)
    for backend in ["sqlite-vec", "lancedb"] {
      // The model stays where it is; only the engines are elsewhere.
      let answer = try await command.run(
        ["migrate", "--to", backend], environment: ["LOCI_HOME": command.folder.file("h").path])
      #expect(answer.status == 1)
      #expect(answer.errors.contains("Scripts/setup \(backend)"), "\(answer.errors)")
    }
    let answer = try await command.run(
      ["migrate", "--to", "postgres"],
      environment: ["LOCI_POSTGRES_URL": "host=/nowhere user=nobody password=tea-secret"])
    #expect(answer.status == 1)
    #expect(!answer.errors.contains("tea-secret"))
    #expect(try await command.run("recall", "tea").output.contains("Alice"))
  }
}

/// A memory of sixty texts, and a server with a schema of its own.
private struct Prepared {
  private let command: CommandProcess
  private let environment: [String: String]

  init() async throws {
    command = try CommandProcess()
    let server = try await PostgresServer.shared.value
    environment = [
      "LOCI_POSTGRES_URL": server.conninfo(),
      "LOCI_POSTGRES_SCHEMA": "command_\(UUID().uuidString.prefix(8).lowercased())",
    ]
    let notes = command.folder.file("notes")
    try FileManager.default.createDirectory(at: notes, withIntermediateDirectories: true)
    for (index, text) in MigrateTests.texts.enumerated() {
      try Data(text.utf8).write(to: notes.appending(path: "\(index).md"))
    }
    let answer = try await run("ingest", notes.path)
    try #require(answer.status == 0, "\(answer.errors)")
  }

  func run(_ words: String...) async throws -> CommandProcess.Answer { try await run(words) }

  func run(_ words: [String], backend: String? = nil) async throws -> CommandProcess.Answer {
    let pin = backend.map { ["LOCI_VECTOR_BACKEND": $0] } ?? [:]
    return try await command.run(words, environment: environment.merging(pin) { $1 })
  }

  func process(_ words: [String]) throws -> Process {
    try command.process(words, environment: environment)
  }

  /// Moves the vectors; returns what the comparison of both sides said of all of them.
  func checksum(movingTo target: String) async throws -> String {
    let answer = try await run("migrate", "--to", target, "--vectors-only", "--json")
    try #require(answer.status == 0, "\(target): \(answer.errors)")
    let verification = try answer.object()["verification"] as? [String: Any]
    return verification?["sha256"] as? String ?? "already there"
  }

  /// Records and vectors agree, and a question finds its answer.
  func expectGood() async throws {
    let fsck = try await run("fsck")
    #expect(fsck.status == 0, "\(fsck.output)\(fsck.errors)")
    let recall = try await run("recall", "which drink does Alice like?", "--mode", "semantic")
    #expect(recall.output.contains("Alice prefers tea"), "\(recall.errors)")
  }
}
