import LociCore

/// The same numbers from the same seed on any machine, by SplitMix64.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var numbers: SplitMix64

  /// Starts at a seed.
  public init(seed: UInt64) { numbers = SplitMix64(seed: seed) }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 { numbers.next() }

  /// Whether something of a probability, 0…1, happens this time.
  public mutating func happens(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &self) < probability
  }
}
