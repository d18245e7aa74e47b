import LociCore
/// The vectors that searches are measured on: unit vectors around random centres, as texts on a
/// number of subjects give them. The same seed gives the same vectors on any machine, in any order
/// and on any number of threads.
///
/// A vector is centre + noise, scaled to length 1, where the noise's length is even between
/// `noise`'s bounds: with 0.3…0.8 the cosine of two vectors of a centre lies between 0.61 and 0.92,
/// and that of vectors of different centres around 0.
struct Workload: Sendable {
  /// Decides everything; print it with the results.
  let seed: UInt64
  let dimension: Int
  let noise: ClosedRange<Float>
  private let centers: [[Float]]

  init(seed: UInt64 = 20_260_101, dimension: Int = 384, centers: Int = 1000) {
    self.seed = seed
    self.dimension = dimension
    noise = 0.3...0.8
    self.centers = (0..<centers).map { index in
      var numbers = Numbers(seed: seed ^ 0xC0FFEE, stream: UInt64(index))
      return Self.direction(dimension, from: &numbers, length: 1)
    }
  }

  /// The vector to be stored at an index.
  func passage(_ index: Int) -> [Float] { vector(stream: UInt64(index) << 1) }

  /// A query's vector: another one of the same kind.
  func query(_ index: Int) -> [Float] { vector(stream: UInt64(index) << 1 | 1) }

  private func vector(stream: UInt64) -> [Float] {
    var numbers = Numbers(seed: seed, stream: stream)
    let center = centers[Int(numbers.next() % UInt64(centers.count))]
    let length = noise.lowerBound + (noise.upperBound - noise.lowerBound) * numbers.uniform()
    var components = Self.direction(dimension, from: &numbers, length: length)
    for index in components.indices { components[index] += center[index] }
    return Self.scaled(components, to: 1)
  }

  private static func direction(
    _ dimension: Int, from numbers: inout Numbers, length: Float
  ) -> [Float] {
    scaled((0..<dimension).map { _ in numbers.normal() }, to: length)
  }

  private static func scaled(_ components: [Float], to length: Float) -> [Float] {
    let squares = components.reduce(0.0) { $0 + Double($1) * Double($1) }
    let factor = Float(Double(length) / squares.squareRoot())
    return components.map { $0 * factor }
  }
}

/// One stream of numbers for each vector.
private struct Numbers {
  private var bits: SplitMix64

  init(seed: UInt64, stream: UInt64) {
    var first = SplitMix64(seed: seed)
    bits = SplitMix64(seed: first.next() ^ (stream &* 0xD1B5_4A32_D192_ED03))
  }

  mutating func next() -> UInt64 { bits.next() }

  /// 0..<1.
  mutating func uniform() -> Float { Float(next() >> 40) / Float(1 << 24) }

  /// About normal, mean 0, variance 1/3: the sum of four even numbers. Its scale does not matter.
  mutating func normal() -> Float {
    let bits = next()
    let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48)
    return Float(sum) / 65_536 - 2
  }
}
