package import Foundation
package import LociCore

/// A BERT encoder's tensors, looked up by their usual names, whichever way the file spells them.
package struct EncoderWeights: Sendable {
  /// Where a float32 tensor lies.
  package struct Place: Hashable, Sendable {
    /// One of ``EncoderWeights/files``.
    package let file: String
    /// The first byte, counted from the file's start.
    package let offset: Int
  }

  /// What places point into, by name: whole files, and tensors that were converted to float32.
  package private(set) var files: [String: any FixedBytes] = [:]
  private var tensors: [String: (file: String, tensor: SafetensorsFile.Tensor)] = [:]
  private let names: TensorNames

  /// Opens a model's safetensors files; tensors in half precision are converted to float32.
  ///
  /// - Throws: ``LociError/Code/corrupt`` for a damaged file, ``LociError/Code/unsupported`` where
  ///   the tensors are not a BERT encoder's, and what reading throws.
  package init(_ shards: [URL]) throws(LociError) {
    var converted: [String: FloatBuffer] = [:]
    for shard in shards {
      let file = try SafetensorsFile(shard)
      files[file.name] = file.bytes
      for (name, tensor) in file.tensors {
        tensors[name] = (file.name, tensor)
        converted[name] = FloatBuffer(converting: tensor, in: file)
      }
    }
    names = try TensorNames(in: tensors.keys)
    for (name, buffer) in converted {
      guard let shape = tensors[name]?.tensor.shape else { continue }
      files["float32:\(name)"] = buffer
      tensors[name] = (
        "float32:\(name)",
        .init(elementType: "F32", shape: shape, offset: 0, byteCount: buffer.byteCount)
      )
    }
  }

  /// Finds a float tensor of a certain shape.
  ///
  /// - Throws: ``LociError/Code/corrupt`` where it is missing or another one is there.
  package func place(of name: String, shape: [Int]) throws(LociError) -> Place {
    guard let (file, tensor) = names.spellings(of: name).lazy.compactMap({ tensors[$0] }).first
    else { throw names.missing(name, shape) }
    guard tensor.elementType == "F32", tensor.shape == shape else {
      throw names.unexpected(tensor, name, shape)
    }
    return Place(file: file, offset: tensor.offset)
  }

  /// Copies a float tensor's values. Complexity: O(n).
  package func values(_ name: String, shape: [Int]) throws(LociError) -> [Float] {
    let place = try place(of: name, shape: shape)
    let count = shape.reduce(1, *)
    return unsafe files[place.file]?.withBytes { bytes in
      (0..<count).map {
        unsafe bytes.loadUnaligned(fromByteOffset: place.offset + 4 * $0, as: Float.self)
      }
    } ?? []
  }
}

/// Float32 values that were converted from half precision.
///
/// `@unchecked Sendable`: written only while it is made.
@safe private final class FloatBuffer: FixedBytes, @unchecked Sendable {
  private let values: UnsafeMutableBufferPointer<Float>
  var byteCount: Int { unsafe 4 * values.count }

  /// Converts a tensor, or makes nothing where it is not in half precision. Complexity: O(n).
  init?(converting tensor: SafetensorsFile.Tensor, in file: SafetensorsFile) {
    let widen: (UInt16) -> Float
    switch tensor.elementType {
    case "F16": widen = { Float(Float16(bitPattern: $0)) }
    case "BF16": widen = { Float(bitPattern: UInt32($0) << 16) }
    default: return nil
    }
    unsafe values = .allocate(capacity: tensor.byteCount / 2)
    unsafe file.bytes.withBytes { bytes in
      for index in unsafe values.indices {
        let half = unsafe bytes.loadUnaligned(
          fromByteOffset: tensor.offset + 2 * index, as: UInt16.self)
        unsafe values.initializeElement(at: index, to: widen(UInt16(littleEndian: half)))
      }
    }
  }

  deinit { unsafe values.deallocate() }

  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe body(UnsafeMutableRawBufferPointer(values))
  }
}
