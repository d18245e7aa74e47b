import CVectorKernels
package import LociCore

/// A query in the two forms that the scans read: bit planes for the signs, 16-bit levels for the
/// 8-bit levels.
package struct PreparedQuery: Sendable {
  /// How many standard errors a sign estimate may fall short before a vector is dropped. A vector
  /// that belongs to the answer is lost with a probability of 3 in ten million.
  package static let standardErrors: Float = 5
  /// Bounds the float32 rounding of the rotations, the sums and the final cosine.
  static let rounding: Float = 1e-5

  private let dimension: Int
  private let planes: [UInt64]
  /// The cosine that one step of the weighted popcount is worth.
  private let signStep: Float
  /// The squared relative error of the bit planes.
  private let planeVariance: Float

  private let levels: [Int16]
  private let levelFactor: Float
  /// What the 16 bits and rounding can add to an estimate's error.
  let slack: Float

  package init(_ query: UnitVector, quantizer: Quantizer, shape: CodeShape) {
    let rotated = quantizer.rotation(query)
    dimension = rotated.count
    (planes, signStep, planeVariance) = Self.planes(of: rotated, words: shape.words)
    (levels, levelFactor, slack) = Self.levels(of: rotated, width: shape.width)
  }

  /// Each component as the nearest odd number −15…15, in steps that suit a normal distribution,
  /// in bit planes: component = Σ_plane 2^plane · (±1).
  private static func planes(
    of rotated: [Float], words: Int
  ) -> (planes: [UInt64], step: Float, variance: Float) {
    // 0.335 σ is the best step of a uniform 16-level quantizer of a normal variable (Max, 1960).
    let perStep = Float(rotated.count).squareRoot() / 0.335
    let last = (1 << Int(VK_PLANES)) - 1
    var planes = [UInt64](repeating: 0, count: words * Int(VK_PLANES))
    var product: Float = 0
    var square = 0
    for (index, component) in rotated.enumerated() {
      let step = min(last, max(0, Int((component * perStep).rounded(.down)) + (last + 1) / 2))
      let odd = 2 * step - last
      product += Float(odd) * component
      square += odd * odd
      for plane in 0..<Int(VK_PLANES) where step >> plane & 1 == 1 {
        planes[index / 64 * Int(VK_PLANES) + plane] |= 1 << UInt64(index % 64)
      }
    }
    // Scaled so that the planes' product with the query itself is 1: no bias for near vectors.
    return (planes, 1 / product, Float(square) / (product * product) - 1)
  }

  private static func levels(
    of rotated: [Float], width: Int
  ) -> (levels: [Int16], factor: Float, slack: Float) {
    // |Σ level × level| ≤ 128 · d · last must fit 32 bits.
    let last = Float(min(32767, Int(Int32.max) / (128 * rotated.count)))
    let factor = unsafe vk_largest_magnitude(rotated, rotated.count) / last
    var levels = [Int16](repeating: 0, count: width)
    var square = 0.0
    for (index, component) in rotated.enumerated() {
      let level = (component / factor).rounded()
      levels[index] = Int16(level)
      let rest = Double(component) - Double(factor) * Double(level)
      square += rest * rest
    }
    return (levels, factor, Float(square.squareRoot()) + rounding)
  }

  /// Appends the slots below `count` of a part of a chunk whose signs leave room for `threshold`.
  ///
  /// With the rotation random, the sign direction s of a vector x at cosine a lies around a · x
  /// evenly, so that s · q has the mean a · cos and at most the variance
  /// ((1 − a²)(1 − cos²) + plane variance) / (d − 1): Gao and Long, "RaBitQ", SIGMOD 2024.
  /// - Returns: How many passed; `passed` holds them at its start.
  package func scanSigns(
    of chunk: CodeChunk, _ range: Range<Int>, threshold: Float, into passed: inout [UInt32]
  ) -> Int {
    let floor = max(0, threshold)
    let squares = Self.standardErrors * Self.standardErrors / Float(dimension - 1)
    let spread = squares * max(0, 1 - floor * floor)
    let perStep = signStep / Float(dimension).squareRoot()
    var test = vk_sign_test(
      words: chunk.shape.words, step: 2 * perStep,
      bias: Float((1 << Int(VK_PLANES)) - 1) * Float(dimension) * perStep, threshold: threshold,
      varianceBase: spread + squares * planeVariance, varianceSlope: spread)
    return unsafe vk_scan_signs(
      &test, planes, chunk.signs + range.lowerBound * chunk.shape.words,
      chunk.alignments + range.lowerBound, range.count, UInt32(range.lowerBound), &passed)
  }

  /// Estimates the cosines of the first `count` slots of a chunk, each with its hard margin.
  package func estimate(
    _ slots: [UInt32], count: Int, of chunk: CodeChunk, estimates: inout [Float],
    margins: inout [Float]
  ) {
    unsafe vk_estimate_levels(
      levels, chunk.shape.width, levelFactor, slack, chunk.levels, chunk.scales, chunk.residuals,
      slots, count, &estimates, &margins)
  }
}
