import LociCore
import Synchronization

/// Work that goes on by itself while a memory is open, and is cancelled when that is closed.
package final class BackgroundWork: Sendable {
  private let tasks = Mutex<[Task<Void, any Error>]>([])

  /// Starts work; what it throws is nobody's concern.
  package func start(_ work: @escaping @Sendable () async throws -> Void) {
    let task = independently(work)
    tasks.withLock { $0.append(task) }
  }

  /// Cancels what goes on, and waits for its end.
  func end() async {
    let tasks = tasks.withLock { tasks in
      defer { tasks = [] }
      return tasks
    }
    for task in tasks { task.cancel() }
    for task in tasks { _ = await task.result }
  }
}
