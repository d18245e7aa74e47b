public import LociCore

/// A vector's code: what a ``VectorIndex`` holds of it, and what a store can keep so that opening
/// an index needs no vectors. About a quarter of the vector's own bytes.
///
/// Format 1, little-endian: the scale (float32), the residual's norm (float32), then one level
/// (int8, −127…127) for each component of the rotated vector, which is scale × levels + residual.
public struct VectorCode: Hashable, Sendable {
  /// The bytes in the format of ``Quantizer/formatVersion``.
  public let bytes: [UInt8]

  /// The bytes before the levels.
  package static let headerByteCount = 8

  /// The length of the code of a vector with `dimension` components.
  public static func byteCount(dimension: Int) -> Int { headerByteCount + dimension }

  /// Takes stored bytes. Complexity: O(dimension).
  ///
  /// - Throws: ``LociError/Code/corrupt`` where the length is not that of a code of this dimension,
  ///   or the scale or the residual's norm can't be those of a unit vector.
  public init(bytes: [UInt8], dimension: Int) throws(LociError) {
    _ = try bytes.withSpan { (bytes) throws(LociError) in
      try unsafe CodeHeader.validate(
        bytes.bytes, byteCount: VectorCode.byteCount(dimension: dimension))
    }
    self.bytes = bytes
  }

  init(header: CodeHeader, levels: [Int8]) {
    let fields = [header.scale.bitPattern, header.residual.bitPattern]
    bytes =
      fields.flatMap { bits in
        [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: bits >> UInt32($0)) }
      } + levels.map { UInt8(bitPattern: $0) }
  }
}

/// The two numbers of a code.
package struct CodeHeader: Hashable, Sendable {
  /// What one level is worth.
  package var scale: Float
  /// An upper bound of the norm of what the levels leave out.
  package var residual: Float

  /// Reads and checks the header of a code of `byteCount` bytes.
  @discardableResult
  package static func validate(_ code: RawSpan, byteCount: Int) throws(LociError) -> CodeHeader {
    guard code.byteCount == byteCount else {
      throw LociError(
        .corrupt, "A vector code has \(Count.of(code.byteCount, "byte")); \(byteCount) expected.",
        remedy: "Rebuild the index from the stored vectors.")
    }
    let header = CodeHeader(scale: float(code, at: 0), residual: float(code, at: 4))
    guard header.scale > 0, header.scale <= 1, header.residual >= 0, header.residual <= 1 else {
      throw LociError(
        .corrupt, "A vector code's scale or residual is not that of a unit vector.",
        remedy: "Rebuild the index from the stored vectors.")
    }
    return header
  }

  private static func float(_ code: RawSpan, at offset: Int) -> Float {
    let bits = unsafe code.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
    return Float(bitPattern: UInt32(littleEndian: bits))
  }
}
