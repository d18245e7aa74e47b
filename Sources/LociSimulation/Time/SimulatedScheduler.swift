import Dispatch
import Synchronization

/// Runs concurrent work on one thread, one step at a time, in an order drawn from a seed: the same
/// seed gives the same interleaving, another one gives another.
///
/// The work and its structured child tasks run here. An unstructured `Task` inside it runs
/// elsewhere, and takes its part of the order with it.
public final class SimulatedScheduler: TaskExecutor {
  private struct State {
    var ready: [UnownedJob] = []
    var generator: SeededGenerator
  }

  private let clock: SimulatedClock
  private let state: Mutex<State>
  /// Signalled whenever there may be something to do.
  private let news = DispatchSemaphore(value: 0)

  /// Makes a scheduler, which from now on moves the clock.
  public init(seed: UInt64, clock: SimulatedClock) {
    self.clock = clock
    state = Mutex(State(generator: SeededGenerator(seed: seed)))
    clock.drive { [news] in news.signal() }
  }

  /// Takes a step to be run; called by the Swift runtime.
  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { $0.ready.append(job) }
    news.signal()
  }

  /// Runs work to its end on the calling thread, which must not be one of the cooperative pool.
  public func run<Answer: Sendable>(
    _ work: @escaping @Sendable () async throws -> Answer
  ) throws -> Answer {
    let answer = Box<Answer>()
    Task(executorPreference: self) {
      do {
        answer.value.withLock { [found = try await work()] in $0 = .success(found) }
      } catch {
        answer.value.withLock { $0 = .failure(error) }
      }
    }
    while true {
      if let answer = answer.value.withLock(\.self) { return try answer.get() }
      step()
    }
  }

  private final class Box<Answer: Sendable>: Sendable {
    let value = Mutex<Result<Answer, any Error>?>(nil)
  }

  private func step() {
    if let job = takeOne() {
      let executor = unsafe asUnownedTaskExecutor()
      unsafe job.runSynchronously(on: executor)
    } else if !clock.wakeNext() {
      // Something outside is at work, and will come back here or sleep.
      news.wait()
    }
  }

  private func takeOne() -> UnownedJob? {
    state.withLock { state in
      guard !state.ready.isEmpty else { return nil }
      // Drawing only where there is a choice: how a lone task came here changes nothing then.
      let isAlone = state.ready.count == 1
      let index = isAlone ? 0 : Int.random(in: state.ready.indices, using: &state.generator)
      return state.ready.remove(at: index)
    }
  }
}
