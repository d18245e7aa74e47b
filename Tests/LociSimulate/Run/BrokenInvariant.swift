/// What went wrong in a run, and how to see it again.
package struct BrokenInvariant: Error, CustomStringConvertible {
  /// The run's seed.
  package let seed: UInt64
  /// The step, from 0.
  package let step: Int
  /// What the step did.
  package let action: String
  /// What must hold, and what was found instead.
  package let message: String

  /// All of it, and the one command that replays the run.
  package var description: String {
    """
    seed \(seed), step \(step) (\(action)): \(message)
    Replay it with: swift run -c release LociSimulate --seed \(seed) --verbose
    """
  }
}

/// Thrown inside a run, which adds seed and step.
struct Violation: Error {
  let message: String

  init(_ message: String) { self.message = message }
}
