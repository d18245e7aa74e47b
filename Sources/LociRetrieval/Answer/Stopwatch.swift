import LociCore

/// Measures a stage.
struct Stopwatch {
  private let uptime: @Sendable () -> Duration
  private let start: Duration

  /// Starts at once.
  init(_ surroundings: Surroundings) {
    uptime = surroundings.uptime
    start = uptime()
  }

  func stage(_ name: String, count: Int) -> Recall.Stage {
    Recall.Stage(name: name, duration: uptime() - start, count: count)
  }
}
