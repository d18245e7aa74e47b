import Dispatch

/// A serial executor with a queue of its own, for actors whose work blocks (inference, SQLite).
///
/// The cooperative pool has one thread per core and must never block; an actor that returns this
/// as its `unownedExecutor` runs elsewhere.
package final class WorkerExecutor: SerialExecutor {
  private let queue: DispatchQueue

  /// Makes an executor; the label names its thread in debuggers.
  package init(label: String) { queue = DispatchQueue(label: label) }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = unsafe asUnownedSerialExecutor()
    queue.async { unsafe job.runSynchronously(on: executor) }
  }

  package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    unsafe UnownedSerialExecutor(ordinary: self)
  }
}
