/// A random number generator that gives the same numbers for the same seed: SplitMix64 (Steele,
/// Lea and Flood, 2014).
///
/// A property test prints its seed, so that a failure can be run again:
/// `var generator = SeededGenerator(seed: 7)`.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Starts at a seed.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A seed for a test: `LOCI_TEST_SEED` where it is set, else a new one; printed either way.
  public static func printedSeed(_ name: String, environment: [String: String]) -> UInt64 {
    let seed =
      environment["LOCI_TEST_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0..<1_000_000)
    print("\(name): seed \(seed) (set LOCI_TEST_SEED to run it again)")
    return seed
  }
}
