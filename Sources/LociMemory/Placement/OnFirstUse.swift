import LociCore

/// A value that is made once, when it is first needed: listing and reading need no model, and an
/// engine that can't be opened must not stop a record from being stored.
actor OnFirstUse<Value: Sendable> {
  private let make: @Sendable () async throws -> Value
  private var making: Task<Value, any Error>?

  init(_ make: @escaping @Sendable () async throws -> Value) { self.make = make }

  /// The value. After a failure the next call tries again.
  func value() async throws -> Value {
    let task = making ?? independently(make)
    making = task
    do {
      return try await task.value
    } catch {
      if making == task { making = nil }
      throw error
    }
  }
}
