package import LociCore

/// One message to or from the worker: a header of 16 bytes (bytes that follow, request number,
/// bytes of JSON; little-endian), the JSON, and columns.
package struct Frame: Equatable, Sendable {
  /// The request that this is or answers; 0 is the worker's greeting.
  package let number: UInt64
  /// What is asked or answered.
  package let json: [UInt8]
  /// Rows, vectors and names; see ``ColumnWriter``.
  package let columns: [UInt8]

  package static let headerBytes = 16
  /// The longest message, header not counted.
  package static let maximumBytes = 1 << 30

  /// Makes a frame.
  package init(number: UInt64, json: [UInt8], columns: [UInt8] = []) {
    self.number = number
    self.json = json
    self.columns = columns
  }

  /// The header and the JSON; the columns are sent behind them as they are, without a copy.
  ///
  /// - Throws: ``LociError/Code/invalidArgument`` where it is longer than ``maximumBytes``.
  package func head() throws(LociError) -> [UInt8] {
    let size = json.count + columns.count
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
    return bytes + json
  }

  private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
    var rest = value
    for _ in 0..<(value.bitWidth / 8) {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
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
