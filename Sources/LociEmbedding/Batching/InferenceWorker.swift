import Dispatch
package import LociCore
import Synchronization

/// Runs batches one at a time on a thread of its own, so that inference never blocks the
/// cooperative pool.
///
/// One batch at a time is enough: the engine computes each with all of its threads.
package final class InferenceWorker: Sendable {
  private struct Ticket {
    let batch: TokenBatch
    let unit: VectorUnit
    let run: any InferenceRun
    let answer: CheckedContinuation<[Float], any Error>
  }

  private struct State {
    var line: WaitingLine<Ticket>
    var running: (number: Int, run: any InferenceRun, isStopped: Bool)?
  }

  private let session: any InferenceSession
  private let queue = DispatchQueue(label: "loci.inference")
  private let state: Mutex<State>

  /// Makes a worker for a session, for at most so many calls at a time.
  package init(_ session: any InferenceSession, maximumWaitingCalls: Int) {
    self.session = session
    state = Mutex(State(line: WaitingLine(maximumCalls: maximumWaitingCalls)))
  }

  /// The number of batches that wait for their turn.
  package var waitingCount: Int { state.withLock { $0.line.count } }

  /// Gives a call a place in line for as long as it lasts.
  ///
  /// - Throws: ``LociError/Code/overloaded`` where the line is full.
  package func withPlace<Result: Sendable>(
    _ body: () async throws -> Result
  ) async throws -> Result {
    try state.withLock { try $0.line.enter() }
    defer { state.withLock { $0.line.leave() } }
    return try await body()
  }

  /// Waits for the turn of a batch and computes its vectors, one after another.
  ///
  /// Cancelling the task takes the batch out of the line, or stops it where it is running.
  package func vectors(
    of batch: TokenBatch, per unit: VectorUnit = .text, for role: EmbeddingRole
  ) async throws -> [Float] {
    let run = try session.makeRun()
    let number = Mutex<Int?>(nil)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { answer in
        let ticket = Ticket(batch: batch, unit: unit, run: run, answer: answer)
        number.withLock { $0 = state.withLock { $0.line.append(ticket, for: role) } }
        queue.async { self.serveNext() }
        // A task that was cancelled before it stood in line had nothing to leave.
        if Task.isCancelled { cancel(number.withLock { $0 }) }
      }
    } onCancel: {
      cancel(number.withLock { $0 })
    }
  }

  private func serveNext() {
    let next = state.withLock { state in
      let next = state.line.next()
      state.running = next.map { ($0.number, $0.ticket.run, false) }
      return next?.ticket
    }
    guard let next else { return }
    let result = Result { try next.run.vectors(of: next.batch, per: next.unit) }
    let isStopped = state.withLock { state in
      defer { state.running = nil }
      return state.running?.isStopped == true
    }
    next.answer.resume(with: isStopped ? .failure(CancellationError()) : result)
  }

  private func cancel(_ number: Int?) {
    guard let number else { return }
    let removed = state.withLock { state in
      if state.running?.number == number {
        state.running?.isStopped = true
        state.running?.run.stop()
      }
      return state.line.remove(number)
    }
    removed?.answer.resume(throwing: CancellationError())
  }
}
