import Synchronization

/// Says across threads that the running work shall end.
final class CancellationFlag: Sendable {
  private let value = Atomic(false)

  /// Whether it was set.
  var isSet: Bool { value.load(ordering: .relaxed) }

  /// Sets it for good.
  func set() { value.store(true, ordering: .relaxed) }
}
