import CVectorKernels

/// The sizes that the codes of one dimension have in memory.
struct CodeShape: Sendable {
  let dimension: Int
  /// Words of a vector's sign bits.
  var words: Int { (dimension + 63) / 64 }
  /// Levels of a vector with zeros up to a full cache line.
  var width: Int { words * 64 }
}

/// The codes of up to ``capacity`` vectors, laid out for scanning: all signs, all numbers, all
/// levels. An index grows by chunks, so that it never copies what it holds.
///
/// Memory is taken from the system as it is first touched: a chunk with few vectors costs little.
/// Unchecked because the index's single owner protects it: no write happens while a search, which
/// shares chunks among its threads, is under way.
@safe
final class CodeChunk: @unchecked Sendable {
  static let capacity = 4096

  let shape: CodeShape
  private let memory: UnsafeMutableRawPointer

  /// `words × 8` words for every eight vectors; see `vk_scan_signs`.
  let signs: UnsafeMutablePointer<UInt64>
  /// The cosine of each vector with the direction of its signs.
  let alignments: UnsafeMutablePointer<Float>
  let scales: UnsafeMutablePointer<Float>
  let residuals: UnsafeMutablePointer<Float>
  /// `width` levels for each vector.
  let levels: UnsafeMutablePointer<Int8>

  init(shape: CodeShape) {
    self.shape = shape
    let capacity = Self.capacity
    let signBytes = capacity * shape.words * 8
    let numberBytes = capacity * 4
    let start = UnsafeMutableRawPointer.allocate(
      byteCount: signBytes + 3 * numberBytes + capacity * shape.width, alignment: 64)
    let numbers = unsafe (start + signBytes).bindMemory(to: Float.self, capacity: 3 * capacity)
    unsafe memory = start
    unsafe signs = start.bindMemory(to: UInt64.self, capacity: capacity * shape.words)
    unsafe alignments = numbers
    unsafe scales = numbers + capacity
    unsafe residuals = numbers + 2 * capacity
    unsafe levels = (start + signBytes + 3 * numberBytes).bindMemory(
      to: Int8.self, capacity: capacity * shape.width)
  }

  deinit { unsafe memory.deallocate() }

  /// Writes a vector's code to a slot below ``capacity``.
  func store(_ header: CodeHeader, levels source: RawSpan, at slot: Int) {
    let own = unsafe levels + slot * shape.width
    unsafe source.withUnsafeBytes { bytes in
      unsafe UnsafeMutableRawPointer(own).copyMemory(
        from: bytes.baseAddress.unsafelyUnwrapped, byteCount: shape.dimension)
    }
    unsafe (own + shape.dimension).update(repeating: 0, count: shape.width - shape.dimension)
    let magnitudes = unsafe vk_pack_signs(own, shape.words, signWords(of: slot))
    unsafe scales[slot] = header.scale
    unsafe residuals[slot] = header.residual
    unsafe alignments[slot] =
      Float(magnitudes) * header.scale / Float(shape.dimension).squareRoot()
  }

  /// Copies a vector's code from a slot of this or another chunk of the same shape.
  func copy(from other: CodeChunk, slot source: Int, to slot: Int) {
    let width = shape.width
    unsafe (levels + slot * width).update(from: other.levels + source * width, count: width)
    let own = unsafe signWords(of: slot)
    let others = unsafe other.signWords(of: source)
    for word in 0..<shape.words { unsafe own[word * lanes] = others[word * lanes] }
    unsafe scales[slot] = other.scales[source]
    unsafe residuals[slot] = other.residuals[source]
    unsafe alignments[slot] = other.alignments[source]
  }

  private var lanes: Int { Int(VK_LANES) }

  private func signWords(of slot: Int) -> UnsafeMutablePointer<UInt64> {
    unsafe signs + slot / lanes * lanes * shape.words + slot % lanes
  }
}
