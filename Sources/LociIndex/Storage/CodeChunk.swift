import CVectorKernels

/// The sizes that the codes of one dimension have in memory.
package struct CodeShape: Sendable {
  /// A huge page of x86-64 and, mostly, of aarch64.
  static let chunkByteCount = 2 << 20

  let dimension: Int
  /// Words of a vector's sign bits.
  let words: Int
  /// Levels of a vector, with zeros up to a full cache line.
  let width: Int
  /// How many vectors' codes fit in a chunk: a multiple of 64, so that every part is aligned.
  package let capacity: Int

  package init(dimension: Int) {
    self.dimension = dimension
    words = (dimension + 63) / 64
    width = words * 64
    let numbers = 3 * MemoryLayout<Float>.size
    capacity = Self.chunkByteCount / (words * 8 + numbers + width) / 64 * 64
  }
}

/// The codes of some vectors, laid out for scanning: all signs, all numbers, all levels. An index
/// grows by chunks, so that it never copies what it holds.
///
/// Unchecked because the index's single owner protects it: no write happens while a search, which
/// shares chunks among its threads, is under way.
@safe
package final class CodeChunk: @unchecked Sendable {
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

  /// Makes a chunk without vectors.
  ///
  /// - Parameter isOneOfMany: Whether to take the memory at once, as a huge page. Otherwise it is
  ///   taken as it is first touched: an index of few vectors costs little.
  package init(shape: CodeShape, isOneOfMany: Bool) {
    self.shape = shape
    let capacity = shape.capacity
    let size = CodeShape.chunkByteCount
    let start = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: size)
    if isOneOfMany { unsafe vk_prefer_huge_pages(start, size) }
    let numbers = unsafe (start + capacity * shape.words * 8).bindMemory(
      to: Float.self, capacity: 3 * capacity)
    unsafe memory = start
    unsafe signs = start.bindMemory(to: UInt64.self, capacity: capacity * shape.words)
    unsafe alignments = numbers
    unsafe scales = numbers + capacity
    unsafe residuals = numbers + 2 * capacity
    unsafe levels = UnsafeMutableRawPointer(numbers + 3 * capacity).bindMemory(
      to: Int8.self, capacity: capacity * shape.width)
  }

  deinit { unsafe memory.deallocate() }

  /// Writes a vector's code to a slot below the capacity.
  package func store(_ header: CodeHeader, levels source: RawSpan, at slot: Int) {
    let own = unsafe levels + slot * shape.width
    unsafe source.withUnsafeBytes { bytes in
      unsafe UnsafeMutableRawBufferPointer(start: own, count: shape.dimension)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes.prefix(shape.dimension)))
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
