package import Foundation

extension Process {
  /// Starts the process and waits for its end without blocking a thread: there are few for all
  /// tests.
  package func runToEnd() async throws {
    try await withCheckedThrowingContinuation { (end: CheckedContinuation<Void, any Error>) in
      terminationHandler = { _ in end.resume() }
      do {
        try run()
      } catch {
        terminationHandler = nil
        end.resume(throwing: error)
      }
    }
  }
}
