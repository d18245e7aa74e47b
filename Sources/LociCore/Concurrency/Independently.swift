/// Starts work that goes on when its caller is cancelled, and that several may wait for.
///
/// Unlike a plain `Task` it runs on the executor that its caller's task prefers, if any: where a
/// simulation decides the order of everything, it decides the order of this as well.
package func independently<Value: Sendable>(
  _ work: @escaping @Sendable () async throws -> Value
) -> Task<Value, any Error> {
  Task(executorPreference: preferredExecutor(), operation: work)
}

private func preferredExecutor() -> (any TaskExecutor)? {
  guard #available(macOS 26.4, *) else { return nil }
  return unsafe withUnsafeCurrentTask { task in
    unsafe task?.unownedTaskExecutor?.asTaskExecutor()
  }
}
