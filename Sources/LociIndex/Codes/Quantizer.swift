import CVectorKernels
public import LociCore

/// Makes the codes that a ``VectorIndex`` scans.
///
/// A vector is rotated, then each component becomes one of 255 levels. The scale is the least
/// squares one, so that the residual is orthogonal to what the levels say; by Cauchy–Schwarz the
/// cosine with any unit vector is then within ‖residual‖ · √(1 − estimate²) of its estimate.
/// The same vector gives the same bytes on every machine.
public struct Quantizer: Sendable {
  /// The version of the code format; codes of another version must be made anew.
  public static let formatVersion = 1
  /// The dimensions that codes can have.
  public static let dimensions = 1...4096

  /// The number of components of a vector.
  public let dimension: Int
  /// The length of a code.
  public var codeByteCount: Int { VectorCode.byteCount(dimension: dimension) }

  let rotation: Rotation

  /// Makes a quantizer, or throws ``LociError/Code/invalidArgument`` for a dimension outside
  /// ``dimensions``.
  public init(dimension: Int) throws(LociError) {
    guard Self.dimensions.contains(dimension) else {
      throw LociError(
        .invalidArgument,
        "An index can't hold vectors of \(dimension) components; 1 to 4096 are possible.")
    }
    self.dimension = dimension
    rotation = Rotation(dimension: dimension)
  }

  /// The code of a vector. Complexity: O(d log d), about 2 µs for 384 components.
  ///
  /// - Throws: ``LociError/Code/dimensionMismatch``.
  public func code(for vector: UnitVector) throws(LociError) -> VectorCode {
    try vector.requireDimension(dimension)
    let rotated = rotation(vector)
    // A unit vector's largest component is at least 1/√d, so nothing divides by zero.
    let largest = unsafe vk_largest_magnitude(rotated, dimension)
    var levels = [Int8](repeating: 0, count: dimension)
    unsafe vk_quantize8(rotated, dimension, 127 / largest, &levels)
    var product = 0.0
    var square = 0.0
    unsafe vk_project8(rotated, levels, dimension, &product, &square)
    let scale = Float(product / square)
    let residual = unsafe vk_residual8(rotated, levels, dimension, scale).squareRoot()
    return VectorCode(
      header: CodeHeader(scale: scale, residual: Float(residual).nextUp), levels: levels)
  }
}
