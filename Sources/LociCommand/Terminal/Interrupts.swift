import Dispatch
import Foundation
import Synchronization

/// What signals do to the command: Ctrl-C and a polite kill cancel its work so that it can tidy
/// up; a second one ends it at once; a closed pipe is an error of `write`.
package final class Interrupts: Sendable {
  private let received = Mutex<Int32?>(nil)
  private let queue = DispatchQueue(label: "loci.signals")

  /// Prepares the process; to be called once.
  package init() { ignore(SIGPIPE) }

  private func ignore(_ number: Int32) { _ = signal(number, SIG_IGN) }

  /// Runs work that a signal cancels.
  package func guarding<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let task = Task { try await work() }
    let sources = [SIGINT, SIGTERM].map { number in
      ignore(number)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { [self] in
        let isSecond = received.withLock { first in
          defer { first = number }
          return first != nil
        }
        if isSecond { _exit(128 + number) }
        task.cancel()
      }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    return try await task.value
  }

  /// Ends the process by the signal that came, as its parent expects; returns if none came.
  package func endBySignal() {
    guard let number = received.withLock({ $0 }) else { return }
    _ = signal(number, SIG_DFL)
    // The threads of the pool block signals.
    var blocked = sigset_t()
    unsafe sigemptyset(&blocked)
    unsafe sigaddset(&blocked, number)
    unsafe pthread_sigmask(SIG_UNBLOCK, &blocked, nil)
    raise(number)
  }
}
