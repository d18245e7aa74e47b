/// Measures a stage.
struct Stopwatch {
  private let start = ContinuousClock.now

  func stage(_ name: String, count: Int) -> Recall.Stage {
    Recall.Stage(name: name, duration: start.duration(to: .now), count: count)
  }
}
