package import LociCore

/// One message to or from the worker: a header of 16 bytes (bytes that follow, request number,
/// bytes of JSON; little-endian), the JSON, vectors, and further columns.
package struct Frame: Equatable, Sendable {
  /// The request that this is or answers; 0 is the worker's greeting.
  package let number: UInt64
  /// What is asked or answered.
  package let json: [UInt8]
  /// The first column, as float32. In a frame that was received it is part of ``columns``.
  package let vectors: [UnitVector]
  /// The other columns; see ``ColumnWriter``.
  package let columns: [UInt8]

  package static let headerBytes = 16
  /// The longest message, header not counted.
  package static let maximumBytes = 1 << 30

  /// Makes a frame.
  package init(
    number: UInt64, json: [UInt8], vectors: [UnitVector] = [], columns: [UInt8] = []
  ) {
    self.number = number
    self.json = json
    self.vectors = vectors
    self.columns = columns
  }

  /// What is sent.
  ///
  /// - Throws: ``LociError/Code/invalidArgument`` where it is longer than ``maximumBytes``.
  package func pieces() throws(LociError) -> FramePieces {
    let vectorBytes = vectors.reduce(0) { $0 + 4 * $1.components.count }
    let size = json.count + vectorBytes + columns.count
    guard size <= Self.maximumBytes else {
      throw LociError(
        .invalidArgument, "A batch takes \(size) bytes; at most \(Self.maximumBytes) are allowed.",
        remedy: "Write in smaller batches.")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.headerBytes + json.count)
    Self.append(UInt32(size), to: &bytes)
    Self.append(number, to: &bytes)
    Self.append(UInt32(json.count), to: &bytes)
    return FramePieces(bytes + json, vectors, columns)
  }

  private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
    var rest = value
    for _ in 0..<(value.bitWidth / 8) {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }
}

/// The bytes of a frame, a piece at a time: a large batch is nowhere whole, and a piece is on its
/// way while the next one is made.
package struct FramePieces: Sendable {
  /// About the bytes of a piece: as many as a socket's buffer takes, and a processor's cache.
  private static let size = 1 << 18

  private var head: [UInt8]
  private var vectors: ArraySlice<UnitVector>
  private var columns: ArraySlice<UInt8>

  init(_ head: [UInt8], _ vectors: [UnitVector] = [], _ columns: [UInt8] = []) {
    self.head = head
    self.vectors = vectors[...]
    self.columns = columns[...]
  }

  /// Puts the next piece in the place of the last one; returns false at the end.
  package mutating func next(_ piece: inout [UInt8]) -> Bool {
    piece.removeAll(keepingCapacity: true)
    piece += head
    head = []
    while piece.count < Self.size, let vector = vectors.popFirst() {
      unsafe vector.components.withUnsafeBytes { unsafe piece.append(contentsOf: $0) }
    }
    let part = columns.prefix(max(0, Self.size - piece.count))
    columns = columns.dropFirst(part.count)
    piece += part
    return !piece.isEmpty
  }
}

/// Cuts a stream of bytes, however it arrives, into frames.
package struct FrameParser {
  private var buffer: [UInt8] = []
  private var start = 0

  /// Makes a parser at the beginning of a stream.
  package init() {}

  /// Takes what arrived.
  package mutating func append(_ bytes: some Collection<UInt8>) {
    if start == buffer.count {
      buffer.removeAll(keepingCapacity: buffer.count < 1 << 20)
      start = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next whole frame, or nil until more arrives.
  ///
  /// - Throws: ``LociError/Code/storeEngine`` for a header that no frame has; the stream is then of
  ///   no more use.
  package mutating func next() throws(LociError) -> Frame? {
    guard buffer.count - start >= Frame.headerBytes else { return nil }
    let (size, jsonSize) = (Int(number(at: 0, bytes: 4)), Int(number(at: 12, bytes: 4)))
    guard size <= Frame.maximumBytes, jsonSize <= size else {
      throw LociError(.storeEngine, "LanceDB's worker process sent something that is no frame.")
    }
    guard buffer.count - start >= Frame.headerBytes + size else { return nil }
    let json = start + Frame.headerBytes
    defer { start = json + size }
    return Frame(
      number: number(at: 4, bytes: 8), json: Array(buffer[json..<(json + jsonSize)]),
      columns: Array(buffer[(json + jsonSize)..<(json + size)]))
  }

  private func number(at offset: Int, bytes count: Int) -> UInt64 {
    (0..<count).reversed().reduce(0) { $0 << 8 | UInt64(buffer[start + offset + $1]) }
  }
}
