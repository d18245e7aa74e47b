public import Foundation

/// What Loci takes from the world around it besides its stores: the time, waiting, chance and new
/// ids. Give your own to replay a run.
public struct Surroundings: Sendable {
  /// The time now.
  public var now: @Sendable () -> Date
  /// How long it has been since some moment, by a clock that nobody sets: what durations and
  /// deadlines are measured with.
  public var uptime: @Sendable () -> Duration
  /// Waits, or throws `CancellationError`.
  public var sleep: @Sendable (_ duration: Duration) async throws -> Void
  /// 64 random bits.
  public var random: @Sendable () -> UInt64
  /// A new id for a record made at a time.
  public var newID: @Sendable (_ time: Date) -> RecordID

  /// Makes surroundings; by default the system's clocks, its chance, and random UUIDs of version 7.
  public init(
    now: @escaping @Sendable () -> Date = { Date() },
    uptime: @escaping @Sendable () -> Duration = { start.duration(to: .now) },
    sleep: @escaping @Sendable (_ duration: Duration) async throws -> Void = {
      try await Task.sleep(for: $0)
    },
    random: @escaping @Sendable () -> UInt64 = { .random(in: 0...UInt64.max) },
    newID: @escaping @Sendable (_ time: Date) -> RecordID = { time in
      var generator = SystemRandomNumberGenerator()
      return .generate(atMilliseconds: time.millisecondsSince1970, using: &generator)
    }
  ) {
    self.now = now
    self.uptime = uptime
    self.sleep = sleep
    self.random = random
    self.newID = newID
  }

  /// A moment of this process that ``uptime`` counts from.
  @usableFromInline static let start = ContinuousClock.now
}
