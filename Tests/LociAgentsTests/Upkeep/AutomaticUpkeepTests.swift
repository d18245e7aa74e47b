import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Automatic upkeep") struct AutomaticUpkeepTests {
  /// Opens a memory that keeps itself in order.
  private func open(_ fixture: AgentFixture, _ access: StoreAccess = .writing) async throws
    -> Memory
  {
    var configuration = fixture.configuration
    configuration.upkeepIsAutomatic = true
    configuration.backupPath = fixture.folder.file("backups").path
    return try await Memory.open(
      configuration, embedder: fixture.embedder, access: access,
      surroundings: fixture.clock.surroundings, environment: [:])
  }

  /// When the last run was, once one has come to its end after a time.
  private func lastRun(of memory: Memory, after time: Date?) async throws -> Date {
    let patience = ContinuousClock.now + .seconds(120)
    while true {
      if let last = try await memory.lastUpkeep, time.map({ last > $0 }) ?? true { return last }
      try #require(ContinuousClock.now < patience, "No run came to its end.")
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  @Test(
    "It runs once a day, when the memory is opened, and says nothing",
    arguments: [
      TestBackend.sqlite, .postgres,
    ])
  func daily(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let id = try await fixture.ada.episodes.begin("alpha").id
    fixture.clock.pass(days: 200)
    let memory = try await open(fixture)
    let first = try await lastRun(of: memory, after: nil)
    #expect(try await fixture.ada.get(id)?.status == .archived)
    await memory.close()
    // Within a day nothing is done; after a day it is.
    let again = try await open(fixture)
    await again.close()
    #expect(try await again.lastUpkeep == first)
    fixture.clock.pass(days: 1.1)
    let next = try await open(fixture)
    #expect(try await lastRun(of: next, after: first) > first)
    await next.close()
  }

  @Test("It is off unless it is asked for, and who only reads starts none")
  func off() async throws {
    let fixture = try await AgentFixture(.sqlite)
    try await fixture.ada.episodes.begin("alpha")
    for memory in [try await fixture.again(), try await open(fixture, .reading)] {
      await memory.close()
      #expect(try await memory.lastUpkeep == nil)
    }
    #expect(!Configuration().upkeepIsAutomatic)
  }

  @Test("It is cancelled when the memory is closed, and goes on when it is opened again")
  func closed() async throws {
    let fixture = try await AgentFixture(.sqlite)
    var ada = try fixture.ada
    ada.allowsPending = true
    fixture.embedder.isBroken = true
    try await ada.remember("alpha")
    (fixture.embedder.isBroken, fixture.embedder.isHeld) = (false, true)
    let memory = try await open(fixture)
    while fixture.embedder.waitingCount == 0 { try await Task.sleep(for: .milliseconds(2)) }
    await memory.close()
    #expect(try await memory.lastUpkeep == nil)
    fixture.embedder.isHeld = false
    let again = try await open(fixture)
    _ = try await lastRun(of: again, after: nil)
    #expect(try await ada.recall("alpha", leastRelevance: 0).modeUsed == .hybrid)
    await again.close()
  }
}
