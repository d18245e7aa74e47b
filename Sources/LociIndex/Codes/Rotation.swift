package import LociCore
import CVectorKernels

/// A fixed pseudo-random rotation: it spreads every vector evenly over its components, so that the
/// codes' errors are alike for all data.
///
/// Three rounds of random sign flips and Walsh–Hadamard transforms; where the dimension is no power
/// of two, each round transforms the first and the last 2ⁿ components, which overlap.
/// Cosines stay what they were, within float32 rounding. Complexity: O(d log d).
package struct Rotation: Sendable {
  private static let rounds = 3
  /// Part of the code format: it must never change within a format version.
  private static let seed: UInt64 = 0x4C6F_6369_0000_0001

  private let dimension: Int
  private let block: Int
  private let signs: [Float]

  package init(dimension: Int) {
    self.dimension = dimension
    block = 1 << (Int.bitWidth - 1 - dimension.leadingZeroBitCount)
    var numbers = SplitMix64(seed: Self.seed)
    signs = (0..<Self.rounds * dimension).map { _ in
      numbers.next() >> 63 == 0 ? 1 : -1
    }
  }

  /// The rotated vector; `vector` has the rotation's dimension.
  package func callAsFunction(_ vector: UnitVector) -> [Float] {
    var values = vector.components
    var scratch = [Float](repeating: 0, count: block)
    unsafe vk_rotate(&values, dimension, block, signs, Self.rounds, &scratch)
    return values
  }
}
