import Foundation
import Loci
import LociTestKit
import Testing

@Suite("Upkeep beside itself") struct UpkeepTogetherTests {
  @Test(
    "A second run is told that one is at it, and does nothing", arguments: TestBackend.ofRecords)
  func two(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let memory = fixture.memory
    let rules = UpkeepRules(steps: [.decay, .embedding])
    var ada = try fixture.ada
    ada.allowsPending = true
    fixture.embedder.isBroken = true
    try await ada.remember("alpha")
    (fixture.embedder.isBroken, fixture.embedder.isHeld) = (false, true)
    let first = Task { try await memory.upkeep(rules) }
    while fixture.embedder.waitingCount == 0 { try await Task.sleep(for: .milliseconds(2)) }
    // In the middle of the first run.
    let refusal = try await error { try await memory.upkeep(rules) }
    #expect(refusal.code == .busy)
    #expect(try await memory.upkeep(rules, isDryRun: true).isDryRun)
    fixture.embedder.isHeld = false
    let report = try await first.value
    #expect(report.steps.map(\.outcome) == [.done, .done] && !report.isResumed)
    #expect(report.steps.last?.changedCount == 1)
    // The lease is given back.
    #expect(try await memory.upkeep(rules).steps.count == 2)
  }

  @Test("A run that was cut off is gone on with, for a day", arguments: TestBackend.ofRecords)
  func resumed(on backend: TestBackend) async throws {
    let fixture = try await AgentFixture(backend)
    let memory = fixture.memory
    let rules = UpkeepRules(steps: [.retention, .archive, .decay])
    try await fixture.ada.episodes.begin("alpha")
    func cutOff() async throws {
      let started = Task {
        try await memory.upkeep(rules) { step in
          if step == .decay { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }
        }
      }
      await #expect(throws: CancellationError.self) { try await started.value }
    }
    try await cutOff()
    #expect(try await memory.lastUpkeep == nil)
    let second = try await memory.upkeep(rules)
    #expect(second.isResumed)
    #expect(second.steps.map(\.outcome) == [.doneBefore, .doneBefore, .done])
    #expect(try await memory.upkeep(rules).steps.allSatisfy { $0.outcome != .doneBefore })
    try await cutOff()
    fixture.clock.pass(days: 1.1)
    #expect(try await !memory.upkeep(rules).isResumed)
  }
}
