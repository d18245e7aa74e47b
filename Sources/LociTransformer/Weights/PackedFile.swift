import CTransformerKernels
package import Foundation
import LociCore

/// A file that keeps packed weights, so that a model is packed once.
///
/// It is written beside and renamed into place, and read into memory, not mapped: whoever shortens
/// it ends no process. Its header says of which weights, shape, precision and version it is, and
/// has a checksum of the rest; a file that says anything else, or is damaged, is as good as none.
package struct PackedFile: Sendable {
  /// The format's version, which names the layout.
  static let version: UInt64 = 1
  /// What comes before the weights: little-endian words, then zeros.
  static let headerBytes = 512
  private static let checksumWords = 16

  /// Where the file lies, or will.
  private let url: URL
  /// Which weights are packed.
  private let digest: String

  /// Names a file of a folder, which need not exist nor be writable.
  ///
  /// - Parameters:
  ///   - folder: Where packed weights lie.
  ///   - digest: The SHA-256 of the model's weights, in hexadecimal.
  package init(in folder: URL, digest: String, precision: Precision) {
    url = folder.appending(path: "\(digest.prefix(32))-\(precision.rawValue).packed")
    self.digest = digest
  }

  /// The weights, where the file is whole and of these. Complexity: O(weights).
  func read(_ shape: EncoderShape, _ precision: Precision) -> PackedWeights? {
    guard let (descriptor, size) = try? RegularFile.opened(url) else { return nil }
    defer { close(descriptor) }
    guard let weights = try? PackedWeights(shape, precision), size == weights.memory.count
    else { return nil }
    var checksum = [UInt64](repeating: 0, count: Self.checksumWords)
    // In pieces that stay in the cache until they are summed up.
    for offset in stride(from: 0, to: size, by: 1 << 18) {
      let piece = unsafe UnsafeMutableRawBufferPointer(
        start: weights.memory.start + offset, count: min(1 << 18, size - offset))
      guard unsafe (try? RegularFile.fill(piece, from: descriptor, at: offset, of: url)) != nil
      else { return nil }
      let header = offset == 0 ? Self.headerBytes : 0
      unsafe tk_checksum(
        weights.memory.start + offset + header, piece.count - header, &checksum)
    }
    let header = header(shape, precision, weights.layout) + checksum
    let found = unsafe UnsafeRawBufferPointer(start: weights.memory.start, count: Self.headerBytes)
    for (index, word) in header.enumerated() {
      guard
        unsafe found.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
          == word.littleEndian
      else { return nil }
    }
    return weights
  }

  /// Keeps weights for the next time. A failure costs time only, so it is no error.
  func keep(_ weights: PackedWeights, _ shape: EncoderShape, _ precision: Precision) {
    let memory = weights.memory
    var checksum = [UInt64](repeating: 0, count: Self.checksumWords)
    unsafe tk_checksum(
      memory.start + Self.headerBytes, memory.count - Self.headerBytes, &checksum)
    let header = header(shape, precision, weights.layout) + checksum
    for (index, word) in header.enumerated() {
      unsafe memory.start.storeBytes(
        of: word.littleEndian, toByteOffset: 8 * index, as: UInt64.self)
    }
    let data = unsafe Data(
      bytesNoCopy: memory.start, count: memory.count, deallocator: .none)
    try? PrivateFiles.replace(url.path, with: data)
  }

  /// The words before the checksum.
  private func header(
    _ shape: EncoderShape, _ precision: Precision, _ layout: PackedLayout
  ) -> [UInt64] {
    let bytes = Array(SHA256.digest(digest.utf8))
    let identity = stride(from: 0, to: 32, by: 8).map { start in
      bytes[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    let numbers = [
      shape.hidden, shape.layers, shape.wide, shape.positions, Int(TK_PANEL), layout.byteCount,
      precision == .bfloat16 ? 16 : 32,
    ]
    return [0x6b63_6150_6963_6f4c, Self.version] + identity + numbers.map(UInt64.init)
  }
}
