/// Writes the wire format of Protocol Buffers: as much of it as an ONNX graph needs.
///
/// Source: https://protobuf.dev/programming-guides/encoding/
struct ProtobufWriter {
  /// What was written so far.
  private(set) var bytes: [UInt8] = []

  /// Writes an integer field.
  mutating func write(_ field: Int, _ value: Int) {
    varint(UInt64(field) << 3)
    varint(UInt64(bitPattern: Int64(value)))
  }

  /// Writes a float field.
  mutating func write(_ field: Int, _ value: Float) {
    varint(UInt64(field) << 3 | 5)
    let bits = value.bitPattern
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
  }

  /// Writes a text field.
  mutating func write(_ field: Int, _ text: String) { write(field, Array(text.utf8)) }

  /// Writes a field of bytes.
  mutating func write(_ field: Int, _ content: [UInt8]) {
    varint(UInt64(field) << 3 | 2)
    varint(UInt64(content.count))
    bytes += content
  }

  /// Writes a field that is a message of its own.
  mutating func write(_ field: Int, _ message: (inout ProtobufWriter) -> Void) {
    var writer = ProtobufWriter()
    message(&writer)
    write(field, writer.bytes)
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
