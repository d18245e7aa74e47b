import Foundation
import LociCore
import Synchronization

/// Keeps a worker process running: starts it on the first call, and again after it ended.
///
/// All stores of this process that use the same engine share one.
final class Worker: Sendable {
  private typealias Start = Task<WorkerConnection, any Error>

  private struct State {
    var current: Start?
    var users = 0
  }

  private let launch: WorkerLaunch
  private let limits: WorkerLimits
  private let state = Mutex(State())

  init(_ launch: WorkerLaunch, _ limits: WorkerLimits) {
    self.launch = launch
    self.limits = limits
  }

  /// Asks the worker, and once more where it ended meanwhile and asking twice does no harm.
  func call(_ request: Request, timeout: Duration) async throws -> (Answer, Frame) {
    var attempt = 0
    while true {
      let connection = try await running()
      do {
        let frame = try await connection.call(request, timeout: timeout)
        let answer = try Answer(frame)
        if let failure = answer.error { throw LanceFailure.error(failure, request) }
        return (answer, frame)
      } catch let ended as WorkerEnded {
        guard attempt == 0, request.op.isRepeatable else { throw LanceFailure.error(ended) }
        attempt += 1
      }
    }
  }

  /// The running worker; starts one where there is none.
  func running() async throws -> WorkerConnection {
    while true {
      let start = state.withLock { state in
        let start =
          state.current
          ?? Task { [launch, limits] in
            try await WorkerConnection.start(launch, limits)
          }
        state.current = start
        return start
      }
      do {
        let connection = try await start.value
        if connection.isOpen { return connection }
        forget(start)
      } catch {
        forget(start)
        throw error
      }
    }
  }

  private func forget(_ start: Start) {
    state.withLock { if $0.current == start { $0.current = nil } }
  }

  /// Counts a store that uses this worker.
  func enter() { state.withLock { $0.users += 1 } }

  /// Ends the process after its last store.
  func leave() {
    let last: Start? = state.withLock { state in
      state.users -= 1
      guard state.users == 0 else { return nil }
      defer { state.current = nil }
      return state.current
    }
    if let last { Task { try? await last.value.end() } }
  }
}

/// A store's share in a worker; it ends with ``end()`` or with its owner.
final class WorkerShare: Sendable {
  let worker: Worker
  private let isHeld = Atomic<Bool>(true)

  /// What a worker is for.
  enum Role {
    case serving
    /// Building indexes.
    case building
  }

  private struct Key: Hashable {
    let role: Role
    let engine: String
    let oldVersionsKept: Duration
  }

  private struct Entry {
    weak var worker: Worker?
  }

  private static let workers = Mutex<[Key: Entry]>([:])

  /// Takes a share in the worker of an engine, the same one for all that ask alike.
  init(_ role: Role, _ settings: LanceSettings) {
    let key = Key(
      role: role, engine: settings.engine.path, oldVersionsKept: settings.oldVersionsKept)
    worker = Self.workers.withLock { workers in
      let launch = WorkerLaunch(
        engine: settings.engine, oldVersionsKept: settings.oldVersionsKept)
      let worker = workers[key]?.worker ?? Worker(launch, WorkerLimits())
      workers[key] = Entry(worker: worker)
      worker.enter()
      return worker
    }
  }

  deinit { end() }

  /// Gives the share back.
  func end() {
    if isHeld.exchange(false, ordering: .relaxed) { worker.leave() }
  }
}
