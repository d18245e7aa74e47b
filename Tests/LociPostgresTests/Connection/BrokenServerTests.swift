import Foundation
import LociCore
import LociPostgres
import LociTestKit
import Synchronization
import Testing

/// On a server of its own, since it is restarted, stopped and paused.
@Suite("A server that breaks in the middle of work", .serialized, .timeLimit(.minutes(5)))
struct BrokenServerTests {
  private static let server = Task { try await PostgresServer() }
  private let space = Samples.space()
  private let namespace: Namespace

  /// How much was acknowledged.
  private final class Tally: Sendable {
    let count = Atomic(0)
  }

  init() throws { namespace = try Namespace("one") }

  private func settings() async throws -> PostgresSettings {
    try await Self.server.value.settings()
  }

  @Test(
    "Restarted while many write: what was acknowledged is there, and the next call works",
    arguments: ["fast", "immediate"])
  func restarted(_ mode: String) async throws {
    let database = try await PostgresDatabase.open(settings())
    let (records, vectors) = (database.records, database.vectors)
    let tally = Tally()
    let writers = (0..<4).map { writer in
      Task {
        var acknowledged: [Record] = []
        var errors: [any Error] = []
        var number = 0
        while !Task.isCancelled {
          number += 1
          let record = try Samples.record("w\(writer)-\(number)")
          do {
            try await records.apply([.insert(record)], in: namespace, actor: nil, at: .now)
            try await vectors.upsert(
              [VectorEntry(of: record, vector: Samples.axis(0))], in: space)
            acknowledged.append(record)
            tally.count.add(1, ordering: .relaxed)
          } catch is CancellationError {
            break
          } catch { errors.append(error) }
        }
        return (acknowledged, errors)
      }
    }
    for round in 0...2 {
      if round > 0 { try await Self.server.value.command("restart \(mode)") }
      let goal = tally.count.load(ordering: .relaxed) + 8
      while tally.count.load(ordering: .relaxed) < goal {
        try await Task.sleep(for: .milliseconds(20))
      }
    }
    for writer in writers { writer.cancel() }
    var acknowledged: [Record] = []
    for writer in writers {
      let (written, errors) = try await writer.value
      acknowledged += written
      for error in errors {
        let code = (error as? LociError)?.code
        #expect(code == .network || code == .timedOut, "\(String(reflecting: error))")
      }
    }
    #expect(!acknowledged.isEmpty)
    let ids = acknowledged.map(\.id)
    #expect(try await Set(records.get(ids, namespace: namespace)) == Set(acknowledged))
    let hashes = try await vectors.contentHashes(ids, namespace: namespace, in: space)
    #expect(hashes.count == ids.count)
    let log = try await records.audit(namespace, record: nil, limit: 1 << 20)
    #expect(try await records.count(where: Samples.everything()) == log.count)
    await database.close()
  }

  @Test("A server that hangs ends a call at its deadline, and works again afterwards")
  func hung() async throws {
    var settings = try await settings()
    settings.statementTimeout = .milliseconds(300)
    let database = try await PostgresDatabase.open(settings)
    try await Self.server.value.command("pause")
    let clock = ContinuousClock()
    let start = clock.now
    let error = await #expect(throws: LociError.self) {
      try await database.records.count(where: Samples.everything())
    }
    #expect(error?.code == .timedOut)
    #expect(clock.now - start < .seconds(10))
    try await Self.server.value.command("resume")
    #expect(try await database.records.count(where: Samples.everything()) == 0)
    await database.close()
  }

  @Test("A server that was stopped is an error after a while, and works once it is back")
  func stopped() async throws {
    let database = try await PostgresDatabase.open(settings())
    try await Self.server.value.command("stop fast")
    let error = await #expect(throws: LociError.self) {
      try await database.records.count(where: Samples.everything())
    }
    #expect(error?.code == .network)
    try await Self.server.value.command("start")
    #expect(try await database.records.count(where: Samples.everything()) == 0)
    await database.close()
  }
}

@Suite("Connections that break, and statements that wait") struct BrokenConnectionTests {
  private let namespace: Namespace

  init() throws { namespace = try Namespace("one") }

  @Test("A connection that was cut is replaced without an error, for reads and for writes")
  func cut() async throws {
    let server = try await PostgresServer.shared.value
    let database = try await PostgresDatabase.open(server.settings(role: "cut"))
    for round in 0..<5 {
      try await server.cutConnections(of: "cut")
      #expect(try await database.records.count(where: Samples.everything()) == round)
      try await server.cutConnections(of: "cut")
      try await database.records.apply(
        [.insert(Samples.record("\(round)"))], in: namespace, actor: nil, at: .now)
    }
    await database.close()
  }

  @Test("A write that is cut off while it waits is done once, on another connection")
  func cutWhileWriting() async throws {
    let server = try await PostgresServer.shared.value
    let settings = try await server.settings(role: "cutter")
    let database = try await PostgresDatabase.open(settings)
    try await server.holding(settings) { release in
      async let writing = database.records.apply(
        [.insert(Samples.record("a"))], in: namespace, actor: nil, at: .now)
      try await Task.sleep(for: .milliseconds(200))
      try await server.cutConnections(of: "cutter")
      try await release()
      let answers = try await writing
      #expect(answers.count == 1)
    }
    #expect(try await database.records.audit(namespace, record: nil, limit: 9).count == 1)
    await database.close()
  }

  @Test("A statement beyond its time is an error that says so, and nothing was written")
  func slow() async throws {
    var settings = try await PostgresServer.shared.value.settings()
    let patient = try await PostgresDatabase.open(settings)
    settings.statementTimeout = .milliseconds(200)
    let hasty = try await PostgresDatabase.open(settings)
    try await PostgresServer.shared.value.holding(settings) { _ in
      let error = await #expect(throws: LociError.self) {
        try await hasty.records.apply(
          [.insert(Samples.record("a"))], in: namespace, actor: nil, at: .now)
      }
      #expect(error?.code == .timedOut)
      #expect(error?.description.contains("nothing was written") == true)
      let count = try await patient.records.count(where: Samples.everything())
      #expect(count == 0)
    }
    for database in [patient, hasty] { await database.close() }
  }

  @Test("A cancellation that comes as its call ends never ends the next one")
  func cancelledLate() async throws {
    var settings = try await PostgresServer.shared.value.settings()
    settings.poolSize = 1
    let database = try await PostgresDatabase.open(settings)
    for round in 0..<400 {
      let call = Task {
        try await database.records.apply(
          [.insert(Samples.record("\(round)"))], in: namespace, actor: nil, at: .now)
      }
      try await Task.sleep(for: .microseconds(round * 10))
      call.cancel()
      do { _ = try await call.value } catch is CancellationError {}
      // The server takes some milliseconds to pass a cancellation on.
      for _ in 0..<20 { _ = try await database.records.count(where: Samples.everything()) }
    }
    await database.close()
  }

  @Test("A cancelled call ends at once, and its connection is good for the next one")
  func cancelled() async throws {
    var settings = try await PostgresServer.shared.value.settings()
    settings.poolSize = 1
    let database = try await PostgresDatabase.open(settings)
    try await PostgresServer.shared.value.holding(settings) { _ in
      let clock = ContinuousClock()
      let start = clock.now
      let calls = (0..<3).map { number in
        Task {
          try await database.records.apply(
            [.insert(Samples.record("\(number)"))], in: namespace, actor: nil, at: .now)
        }
      }
      try await Task.sleep(for: .milliseconds(100))
      for call in calls { call.cancel() }
      for call in calls {
        await #expect(throws: CancellationError.self) { try await call.value }
      }
      // Far below the statement timeout and the 60 s that the other session holds on.
      #expect(clock.now - start < .seconds(10))
    }
    #expect(try await database.records.count(where: Samples.everything()) == 0)
    await database.close()
  }
}
