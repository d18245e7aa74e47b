import LociCore

/// A vector's components as bytes: float32, little-endian.
enum Components {
  static func encode(_ vector: UnitVector) -> [UInt8] {
    // A closure: as a key path this took nine tenths of an upsert's time.
    let littleEndian = vector.components.map { $0.bitPattern.littleEndian }
    return unsafe littleEndian.withUnsafeBytes { unsafe Array($0) }
  }

  /// Decodes a stored unit vector, or throws ``LociError/Code/corrupt``.
  static func unit(_ row: Row, _ column: Int, dimension: Int) throws -> UnitVector {
    let components = try decode(row, column, dimension: dimension)
    do {
      return try UnitVector(normalizing: components)
    } catch {
      throw LociError(
        .corrupt, "A stored vector is not what was written.",
        remedy: "Run `loci doctor`, then embed again.", underlying: error)
    }
  }

  /// Decodes stored bytes, or throws ``LociError/Code/corrupt`` where their count is wrong.
  static func decode(_ row: Row, _ column: Int, dimension: Int) throws -> [Float] {
    unsafe try row.withBlob(column) { bytes in
      guard bytes.count % 4 == 0, bytes.count / 4 == dimension else {
        throw LociError(
          .corrupt,
          "A stored vector has \(Count.of(bytes.count, "byte")), not 4 for each of \(dimension).",
          remedy: "Run `loci doctor`, then embed again.")
      }
      return (0..<dimension).map { index in
        let bits = unsafe bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)
        return Float(bitPattern: UInt32(littleEndian: bits))
      }
    }
  }
}
