import Foundation
import LociCore
import LociTransformer

/// A BERT encoder's tensors, read from their safetensors files when they are asked for.
///
/// Nothing is mapped: a file that somebody shortens is an error, and ends no process.
struct TensorFiles: EncoderTensors {
  private var tensors: [String: (file: OpenFile, tensor: SafetensorsFile.Tensor)] = [:]
  private let names: TensorNames

  /// Opens a model's files and reads their tables.
  ///
  /// - Throws: As ``EncoderWeights/init(_:)``.
  init(_ shards: [URL]) throws(LociError) {
    for shard in shards {
      let file = try OpenFile(shard)
      let table = try SafetensorsFile.table(of: shard, count: file.size) {
        range throws(LociError) in
        var bytes = [UInt8](repeating: 0, count: range.count)
        try unsafe bytes.withUnsafeMutableBufferPointer { (buffer) throws(LociError) in
          try unsafe file.fill(UnsafeMutableRawBufferPointer(buffer), at: range.lowerBound)
        }
        return Data(bytes)
      }
      for (name, tensor) in table { tensors[name] = (file, tensor) }
    }
    names = try TensorNames(in: tensors.keys)
  }

  func values(of name: String, shape: [Int]) throws(LociError) -> [Float] {
    let matrix = try matrix(of: name, shape: shape)
    var values = [Float](repeating: 0, count: shape.reduce(1, *))
    try unsafe values.withUnsafeMutableBufferPointer { (buffer) throws(LociError) in
      try unsafe matrix.read(from: 0, into: buffer)
    }
    return values
  }

  func rows(of name: String, shape: [Int]) throws(LociError) -> any TensorRows {
    try matrix(of: name, shape: shape)
  }

  private func matrix(of name: String, shape: [Int]) throws(LociError) -> FileRows {
    guard let (file, tensor) = names.spellings(of: name).lazy.compactMap({ tensors[$0] }).first
    else { throw names.missing(name, shape) }
    guard let type = FileRows.ElementType(rawValue: tensor.elementType), tensor.shape == shape
    else { throw names.unexpected(tensor, name, shape) }
    return FileRows(file: file, offset: tensor.offset, width: shape.last ?? 1, type: type)
  }
}

/// A file that is open, and what it was when it was opened.
private final class OpenFile: Sendable {
  let size: Int
  private let url: URL
  private let descriptor: Int32
  private let fingerprint: FileFingerprint

  init(_ url: URL) throws(LociError) {
    self.url = url
    (descriptor, size) = try RegularFile.opened(url)
    do {
      fingerprint = try Self.fingerprint(of: descriptor, url)
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }

  func check() throws(LociError) {
    guard try Self.fingerprint(of: descriptor, url).isSameContents(as: fingerprint) else {
      throw LociError(
        .conflict, "\(url.path) was changed while the model was in use.",
        remedy: "Open the model again; fetch its files again if they are damaged.")
    }
  }

  func fill(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(LociError) {
    try unsafe RegularFile.fill(buffer, from: descriptor, at: offset, of: url)
  }

  private static func fingerprint(
    of descriptor: Int32, _ url: URL
  ) throws(LociError) -> FileFingerprint {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw FileSystemError.last("examined", url)
    }
    return FileFingerprint(status)
  }
}

extension FileFingerprint {
  /// The change time tells of a new name or new rights, too, which change no bytes.
  fileprivate func isSameContents(as other: FileFingerprint) -> Bool {
    size == other.size && modifiedNanoseconds == other.modifiedNanoseconds
  }
}

/// The rows of a tensor, widened to float32 where they are read.
private struct FileRows: TensorRows {
  enum ElementType: String {
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"
  }

  let file: OpenFile
  let offset: Int
  let width: Int
  let type: ElementType

  func check() throws(LociError) { try file.check() }

  func read(
    from row: Int, into buffer: UnsafeMutableBufferPointer<Float>
  ) throws(LociError) {
    guard type != .float32 else {
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      return try unsafe file.fill(bytes, at: offset + 4 * row * width)
    }
    var halves = [UInt16](repeating: 0, count: buffer.count)
    try unsafe halves.withUnsafeMutableBufferPointer { (halves) throws(LociError) in
      let bytes = UnsafeMutableRawBufferPointer(halves)
      try unsafe file.fill(bytes, at: offset + 2 * row * width)
    }
    for (index, half) in halves.enumerated() {
      let bits = UInt16(littleEndian: half)
      unsafe buffer[index] =
        type == .bfloat16
        ? Float(bitPattern: UInt32(bits) << 16) : Float(Float16(bitPattern: bits))
    }
  }
}
