import LociCore
import Synchronization

/// What survives a crash: the contents of simulated stores, and what goes wrong with them.
///
/// A store is a view of a disk. After ``crash()`` every view that is open is dead, and a new one is
/// a restart that finds what was acknowledged and, of what was still going on, what the seed says.
///
/// ```swift
/// let faults = FaultPlan(seed: 7, rules: [FaultRule(.crash, probability: 0.01)])
/// let disk = SimulatedDisk(faults: faults)
/// let memory = Memory(
///   records: SimulatedRecordStore(on: disk), vectors: SimulatedVectorStore(on: disk)) { embedder }
/// ```
public final class SimulatedDisk: Sendable {
  private struct Unfinished: Sendable {
    let operation: SimulatedOperation
    let body: @Sendable (inout DiskContents, Double) throws -> Void
  }

  private struct State {
    var contents = DiskContents()
    var injector: FaultInjector
    var crashCount = 0
    var operationCount = 0
    var unfinished: [Int: Unfinished] = [:]
    var events: [SimulatedEvent] = []
  }

  /// The clock that delays and times follow.
  public let clock: SimulatedClock
  private let state: Mutex<State>

  /// Makes an empty disk.
  ///
  /// - Parameters:
  ///   - faults: What goes wrong; by default nothing.
  ///   - clock: The clock that delays and times follow.
  public init(faults: FaultPlan = FaultPlan(), clock: SimulatedClock = SimulatedClock()) {
    self.clock = clock
    state = Mutex(State(injector: FaultInjector(faults)))
  }

  /// What went wrong so far.
  public var statistics: InjectionStatistics { state.withLock(\.injector.statistics) }

  /// Every operation that came to its end, in that order.
  public var events: [SimulatedEvent] { state.withLock(\.events) }

  /// How often the process died.
  public var crashCount: Int { state.withLock(\.crashCount) }

  /// Whether faults happen. Switched off, every store keeps its contract.
  public var hasFaults: Bool {
    get { state.withLock(\.injector.isOn) }
    set { state.withLock { $0.injector.isOn = newValue } }
  }

  /// The process dies. What was acknowledged stays; each write that was still going on has been
  /// done, or a part of it (of a vector store's batch), or nothing. Open stores are dead.
  public func crash() { state.withLock { Self.crash(&$0) } }

  private static func crash(_ state: inout State) {
    state.crashCount += 1
    for (_, write) in state.unfinished.sorted(by: { $0.key < $1.key }) {
      let share = state.injector.shareOfUnfinished(write.operation)
      // Its caller is dead as well: nobody is told what was wrong with it.
      if share > 0 { try? write.body(&state.contents, share) }
    }
    state.unfinished = [:]
  }

  /// Changes the contents before anybody reads them.
  func prepare(_ change: (inout DiskContents) -> Void) { state.withLock { change(&$0.contents) } }

  /// Does an operation of a store, or as much of it as the faults let.
  ///
  /// - Parameters:
  ///   - life: How often the process had died when the store was opened.
  ///   - body: Does a share of the work, 0…1; all or nothing where an operation can't be torn.
  func perform<Answer>(
    _ operation: SimulatedOperation, of store: String, life: Int,
    _ body: @escaping @Sendable (inout DiskContents, Double) throws -> Answer
  ) async throws -> Answer {
    let (number, injection) = try begin(operation, life: life, body)
    if let wait = injection.waitBefore { await clock.sleep(milliseconds: wait) }
    let answer = try end(operation, of: store, number, life: life, injection, body)
    if let wait = injection.waitAfter {
      await clock.sleep(milliseconds: wait)
      try state.withLock { try Self.requireLife(life, $0) }
    }
    guard let answer else { throw Self.error(injection.fault) }
    return answer
  }

  private func begin<Answer>(
    _ operation: SimulatedOperation, life: Int,
    _ body: @escaping @Sendable (inout DiskContents, Double) throws -> Answer
  ) throws -> (Int, Injection) {
    try state.withLock { state in
      try Self.requireLife(life, state)
      state.operationCount += 1
      let injection = state.injector.draw(for: operation)
      if injection.waitBefore != nil && operation.isWrite {
        state.unfinished[state.operationCount] = Unfinished(operation: operation) {
          _ = try body(&$0, $1)
        }
      }
      return (state.operationCount, injection)
    }
  }

  /// Nil where the operation was done, in part or wholly, but its caller must not know.
  private func end<Answer>(
    _ operation: SimulatedOperation, of store: String, _ number: Int, life: Int,
    _ injection: Injection, _ body: (inout DiskContents, Double) throws -> Answer
  ) throws -> Answer? {
    let milliseconds = clock.now.millisecondsSince1970
    return try state.withLock { state in
      try Self.requireLife(life, state)
      state.unfinished[number] = nil
      state.events.append(
        SimulatedEvent(
          milliseconds: milliseconds, store: store, operation: operation, fault: injection.fault,
          share: injection.share))
      defer { if injection.fault == .crash { Self.crash(&state) } }
      let answer =
        injection.share > 0 ? try body(&state.contents, injection.share) : nil
      return injection.fault == nil ? answer : nil
    }
  }

  private static func requireLife(_ life: Int, _ state: State) throws {
    guard state.crashCount == life else { throw error(.crash) }
  }

  private static func error(_ fault: Fault?) -> LociError {
    switch fault {
    case .fail(let code):
      LociError(code, "The simulated store failed.", remedy: "Try again.")
    case .timeOut:
      LociError(.timedOut, "The simulated store took too long.", remedy: "Try again.")
    case .crash:
      LociError(.io, "The simulated process died.", remedy: "Open the store again.")
    default:
      LociError(.network, "The simulated store's answer was lost.", remedy: "Try again.")
    }
  }
}
