import Foundation
package import LociMemory
import LociSimulation
import LociTestKit

/// One run: a whole memory over simulated stores, driven by random steps from one seed, and held
/// against a plain model after each.
struct Simulation {
  let seed: UInt64
  let scenario: Scenario
  let clock: SimulatedClock
  let disk: SimulatedDisk
  let embedders: [UnreliableEmbedder]
  let seams: Seams
  let namespaces: [Namespace]
  var generator: SeededGenerator
  var model = Model()
  var memory: Memory
  var documents: DocumentFolder?
  var journal: Journal
  /// What the configuration names.
  var pinned = Pin()
  /// How often the process had died when the memory was opened.
  var life = 0

  init(seed: UInt64, clock: SimulatedClock, seams: Seams, journal: Journal) async throws {
    var generator = SeededGenerator(seed: seed)
    scenario = Scenario(using: &generator)
    disk = SimulatedDisk(
      faults: FaultPlan(seed: generator.next(), rules: scenario.rules), clock: clock)
    embedders = Self.models.map { [scenario] model in
      UnreliableEmbedder(
        revision: model, failureProbability: scenario.embedderFailureProbability,
        seed: generator.next(), clock: clock)
    }
    namespaces = try ["bot:a", "bot:b", "shared"].map { try Namespace($0) }
    self.seed = seed
    self.clock = clock
    self.seams = seams
    self.generator = generator
    self.journal = journal
    memory = Self.memory(on: disk, scenario, embedders, seams, Pin())
    try await reopen()
  }

  /// Opens the memory anew, as a process does when it starts.
  mutating func reopen() async throws {
    repeat {
      life = disk.crashCount
      memory = Self.memory(on: disk, scenario, embedders, seams, pinned)
      // What a toggle lacks is brought over now, and may fail or die on the way.
      _ = try? await memory.embedder
    } while disk.crashCount != life
  }

  /// Does something while nothing fails.
  func calmly<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
    let hadFaults = disk.hasFaults
    disk.hasFaults = false
    defer { disk.hasFaults = hadFaults }
    return try await body()
  }

  /// All steps, then the final repair and its checks.
  mutating func run() async throws {
    journal.note("seed \(seed): \(scenario)")
    for step in 0..<scenario.stepCount {
      journal.begin(step)
      try await self.step()
      if disk.crashCount != life {
        journal.note("the process died")
        try await reopen()
      }
      guard step % 8 == 7 else { continue }
      try await checkRecords()
      try await checkChain()
      try await checkNothingIsLeft()
    }
    journal.begin(scenario.stepCount)
    try await settle()
  }

  private mutating func step() async throws {
    switch Int.random(in: 0..<36, using: &generator) {
    case 0..<7: try await write()
    case 7..<10: try await writeAtOnce()
    case 10..<15: try await recall()
    case 15..<17: try await ingest()
    case 17: try await backfill()
    case 18: try await fsck()
    case 19: try await move()
    case 20: try await moveAmidWrites()
    case 21: try await toggle()
    case 22:
      journal.note("reopen")
      try await reopen()
    case 23:
      journal.note("crash")
      disk.crash()
    case 24..<27: try await tellSome()
    case 27...28: try await keepUp()
    case 29..<32: try await live()
    case 32: try await keepValue()
    default: try await share()
    }
  }
}

/// Where tests put flawed stores around the simulated ones, to see that a run notices.
package struct Seams: Sendable {
  /// Around the records.
  package var records: @Sendable (any RecordStore) -> any RecordStore = { $0 }
  /// Around the vectors.
  package var vectors: @Sendable (any VectorStore) -> any VectorStore = { $0 }

  /// Nothing around them.
  package init() {}
}

/// What a run did, in lines; kept only where somebody wants to read it.
struct Journal {
  let isKept: Bool
  private(set) var lines: [String] = []
  private(set) var step = 0
  private(set) var action = "open"

  init(isKept: Bool) { self.isKept = isKept }

  mutating func begin(_ step: Int) { self.step = step }

  mutating func note(_ text: String) {
    if !text.hasPrefix(" ") { action = text }
    if isKept { lines.append("\(step): \(text)") }
  }
}
