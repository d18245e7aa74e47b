import Dispatch
import LociMemory
package import LociSimulation
import Synchronization

/// What came of one seed.
package struct SeedRun: Sendable {
  /// What was broken; nil where everything held.
  package var failure: BrokenInvariant?
  /// The faults that were injected into the stores.
  package var statistics: InjectionStatistics
  /// How often the model failed.
  package var embedderFailureCount: Int
  /// Every operation of the stores.
  package var events: [SimulatedEvent]
  /// What the run did, in lines, where that was asked for.
  package var journal: [String]

  /// Runs a seed on the calling thread.
  package init(seed: UInt64, seams: Seams = Seams(), keepsJournal: Bool = false) throws {
    let clock = SimulatedClock()
    self = try SimulatedScheduler(seed: seed, clock: clock).run {
      var simulation = try await Simulation(
        seed: seed, clock: clock, seams: seams, journal: Journal(isKept: keepsJournal))
      var failure: BrokenInvariant?
      do {
        try await simulation.run()
      } catch {
        failure = BrokenInvariant(
          seed: seed, step: simulation.journal.step, action: simulation.journal.action,
          message: (error as? Violation)?.message ?? String(reflecting: error))
      }
      return SeedRun(of: simulation, failure)
    }
  }

  private init(of simulation: Simulation, _ failure: BrokenInvariant?) {
    self.failure = failure
    statistics = simulation.disk.statistics
    embedderFailureCount = simulation.embedders.reduce(0) { $0 + $1.failureCount }
    events = simulation.disk.events
    journal = simulation.journal.lines
  }
}

/// What came of many seeds.
package struct SeedSurvey: Sendable {
  /// How many seeds were run.
  package private(set) var seedCount = 0
  /// What was broken, in the order of the seeds.
  package private(set) var failures: [BrokenInvariant] = []
  /// All faults that were injected into the stores.
  package private(set) var statistics = InjectionStatistics()
  /// How often the model failed.
  package private(set) var embedderFailureCount = 0
  /// The operations of the stores.
  package private(set) var operationCount = 0

  /// Runs seeds, one a core at a time; does not block the cooperative pool.
  package init(of seeds: [UInt64], seams: Seams = Seams()) async throws {
    self = try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(with: Result { try Self.run(seeds, seams) })
      }
    }
  }

  private init() {}

  private static func run(_ seeds: [UInt64], _ seams: Seams) throws -> SeedSurvey {
    let survey = Mutex(SeedSurvey())
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: seeds.count) { index in
      do {
        let run = try SeedRun(seed: seeds[index], seams: seams)
        survey.withLock { $0.add(run) }
      } catch {
        failure.withLock { $0 = error }
      }
    }
    if let error = failure.withLock(\.self) { throw error }
    return survey.withLock { survey in
      survey.failures.sort { $0.seed < $1.seed }
      return survey
    }
  }

  private mutating func add(_ run: SeedRun) {
    seedCount += 1
    if let failure = run.failure { failures.append(failure) }
    statistics += run.statistics
    embedderFailureCount += run.embedderFailureCount
    operationCount += run.events.count
  }

  /// The kinds of faults that runs draw from.
  package static var faults: [Fault] { Scenario.faults }

  /// Every operation of the stores in the run of a seed.
  package static func events(of seed: UInt64) async throws -> [SimulatedEvent] {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(with: Result { try SeedRun(seed: seed).events })
      }
    }
  }

  /// The counts, in lines.
  package var description: String {
    let faults = Scenario.faults.map { "  \($0): \(statistics.count(of: $0))" }
    return """
      \(seedCount) seeds, \(operationCount) operations, \(failures.count) broken invariants
      injected faults: \(statistics.total)
      \(faults.joined(separator: "\n"))
        failures of the model: \(embedderFailureCount)
      """
  }
}
