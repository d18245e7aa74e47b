public import Foundation
import LociCore
import Synchronization

/// A clock that moves only when it is told to, so that a run takes no time and can be replayed.
///
/// Give `now` to whatever asks for the time:
///
/// ```swift
/// let clock = SimulatedClock()
/// let surroundings = Surroundings(now: { clock.now })
/// ```
public final class SimulatedClock: Sendable {
  private struct Sleeper {
    let deadline: Int64
    let number: Int
    let continuation: CheckedContinuation<Void, Never>
  }

  private struct State {
    var milliseconds: Int64
    var sleepers: [Sleeper] = []
    var sleepCount = 0
    var isDriven: Bool { whenSomebodySleeps != nil }
    var whenSomebodySleeps: (@Sendable () -> Void)?
  }

  private let state: Mutex<State>

  /// Starts a clock; by default in November 2023.
  public init(at start: Date = Date(millisecondsSince1970: 1_700_000_000_000)) {
    state = Mutex(State(milliseconds: start.millisecondsSince1970))
  }

  /// The time now.
  public var now: Date { Date(millisecondsSince1970: state.withLock(\.milliseconds)) }

  /// Lets time pass.
  public func advance(milliseconds: Int64) {
    state.withLock { $0.milliseconds += milliseconds }
  }

  /// Waits in simulated time.
  ///
  /// Under a ``SimulatedScheduler`` the caller goes on once nobody else can do anything, those with
  /// earlier deadlines first; elsewhere the time passes at once.
  public func sleep(milliseconds: Int64) async {
    let isDriven = state.withLock { state in
      if !state.isDriven { state.milliseconds += milliseconds }
      return state.isDriven
    }
    guard isDriven else { return await Task.yield() }
    await withCheckedContinuation { continuation in
      let tell = state.withLock { state in
        state.sleepCount += 1
        state.sleepers.append(
          Sleeper(
            deadline: state.milliseconds + milliseconds, number: state.sleepCount,
            continuation: continuation))
        return state.whenSomebodySleeps
      }
      tell?()
    }
  }

  /// From now on, whoever sleeps waits to be woken, and `tell` is called.
  func drive(_ tell: @escaping @Sendable () -> Void) {
    state.withLock { $0.whenSomebodySleeps = tell }
  }

  /// Moves the time to the earliest deadline and wakes who waits for it; false where nobody does.
  func wakeNext() -> Bool {
    let next = state.withLock { state -> Sleeper? in
      let earliest = state.sleepers.indices.min {
        let (left, right) = (state.sleepers[$0], state.sleepers[$1])
        return (left.deadline, left.number) < (right.deadline, right.number)
      }
      guard let earliest else { return nil }
      let sleeper = state.sleepers.remove(at: earliest)
      state.milliseconds = max(state.milliseconds, sleeper.deadline)
      return sleeper
    }
    next?.continuation.resume()
    return next != nil
  }
}
