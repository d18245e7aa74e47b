public import Foundation
public import LociCore

/// What a memory takes from the world around it besides its stores: the time, waiting and new ids.
/// Give your own to replay a run.
public struct Surroundings: Sendable {
  /// The time now.
  public var now: @Sendable () -> Date
  /// Waits, or throws `CancellationError`.
  public var sleep: @Sendable (_ duration: Duration) async throws -> Void
  /// A new id for a record made at a time.
  public var newID: @Sendable (_ time: Date) -> RecordID

  /// Makes surroundings; by default the system's clock and random UUIDs of version 7.
  public init(
    now: @escaping @Sendable () -> Date = { Date() },
    sleep: @escaping @Sendable (_ duration: Duration) async throws -> Void = {
      try await Task.sleep(for: $0)
    },
    newID: @escaping @Sendable (_ time: Date) -> RecordID = { time in
      var generator = SystemRandomNumberGenerator()
      return .generate(atMilliseconds: time.millisecondsSince1970, using: &generator)
    }
  ) {
    self.now = now
    self.sleep = sleep
    self.newID = newID
  }
}
