public import LociCore

/// Finds the nearest of many vectors, in memory, from their codes.
///
/// The index holds codes only, under labels of the caller's (row ids); the full vectors stay where
/// they are, and a search asks for the few that decide. It is exact in what it returns; see
/// ``search(_:limit:among:exactVectors:)``.
///
/// It is not safe to share: an actor or a lock owns it.
/// Memory: about d · 1.13 + 32 bytes a vector.
public final class VectorIndex {
  /// Makes the codes for this index.
  public let quantizer: Quantizer
  /// The number of components of a vector.
  public var dimension: Int { quantizer.dimension }
  /// How many vectors the index holds.
  public var count: Int { labels.count }

  let shape: CodeShape
  var chunks: [CodeChunk] = []
  /// The label of each slot.
  var labels: [Int64] = []
  var table = LabelTable()
  /// No label is larger: what comes in ascending order, as from a store, needs no look-up.
  private var highestLabel = Int64.min

  /// Makes an empty index, or throws ``LociError/Code/invalidArgument`` for a dimension outside
  /// ``Quantizer/dimensions``.
  ///
  /// ```swift
  /// let index = try VectorIndex(dimension: vector.dimension)
  /// try index.insert(try Quantizer(dimension: vector.dimension).code(for: vector), label: 1)
  /// ```
  public init(dimension: Int) throws(LociError) {
    quantizer = try Quantizer(dimension: dimension)
    shape = CodeShape(dimension: dimension)
  }

  /// Makes room for `count` vectors in all, so that inserting them moves nothing.
  public func reserve(_ count: Int) {
    guard count > labels.count else { return }
    labels.reserveCapacity(count)
    table.reserve(count, labels: labels)
  }

  /// Whether the index holds a label. Complexity: O(1).
  public func contains(_ label: Int64) -> Bool { slot(of: label) != nil }

  /// Adds a vector by its code; one of the same label is replaced. Complexity: O(dimension).
  ///
  /// - Throws: ``LociError/Code/corrupt`` where the code is not of this dimension.
  public func insert(_ code: VectorCode, label: Int64) throws(LociError) {
    try code.bytes.withSpan { (bytes) throws(LociError) in
      try unsafe insert(bytes.bytes, label: label)
    }
  }

  /// Adds a vector by the bytes of its code, as they lie in a store; one of the same label is
  /// replaced. Complexity: O(dimension), about 0.1 µs for 384 components.
  ///
  /// - Throws: ``LociError/Code/corrupt`` where the bytes are no code of this dimension.
  public func insert(_ code: RawSpan, label: Int64) throws(LociError) {
    let header = try CodeHeader.validate(code, byteCount: quantizer.codeByteCount)
    let slot = (label > highestLabel ? nil : slot(of: label)) ?? append(label)
    let (chunk, place) = position(of: slot)
    chunk.store(
      header, levels: code.extracting(droppingFirst: VectorCode.headerByteCount), at: place)
  }

  /// Removes a vector; returns whether there was one. Complexity: O(dimension).
  @discardableResult
  public func remove(_ label: Int64) -> Bool {
    guard let slot = slot(of: label) else { return false }
    let last = labels.count - 1
    table.remove(label, labels: labels)
    if slot != last {
      table.move(labels[last], to: slot, labels: labels)
      labels[slot] = labels[last]
      let (chunk, place) = position(of: slot)
      let (lastChunk, lastPlace) = position(of: last)
      chunk.copy(from: lastChunk, slot: lastPlace, to: place)
    }
    labels.removeLast()
    if last % shape.capacity == 0 { chunks.removeLast() }
    return true
  }

  /// Removes everything.
  public func removeAll() {
    chunks = []
    labels = []
    table = LabelTable()
    highestLabel = .min
  }

  func slot(of label: Int64) -> Int? { table.slot(of: label, labels: labels) }

  private func position(of slot: Int) -> (chunk: CodeChunk, place: Int) {
    (chunks[slot / shape.capacity], slot % shape.capacity)
  }

  private func append(_ label: Int64) -> Int {
    let slot = labels.count
    labels.append(label)
    highestLabel = max(highestLabel, label)
    table.append(label, labels: labels)
    if slot % shape.capacity == 0 {
      chunks.append(CodeChunk(shape: shape, isOneOfMany: !chunks.isEmpty))
    }
    return slot
  }
}
