/// Scalars in and out of UTF-8 bytes that are known to be valid.
enum UTF8Scalars {
  /// The scalar that starts at `position`, which moves behind it.
  static func next(in text: Span<UInt8>, at position: inout Int) -> UInt32 {
    let lead = UInt32(text[position])
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var scalar = length == 1 ? lead : lead & (0x7F >> UInt32(length))
    for offset in 1..<max(length, 1) {
      scalar = scalar << 6 | UInt32(text[position + offset] & 0x3F)
    }
    position += length
    return scalar
  }

  /// The scalar that ends before `position`, which is not the text's start.
  static func last(in text: Span<UInt8>, before position: Int) -> UInt32 {
    var start = position - 1
    while UTF8.isContinuation(text[start]) { start -= 1 }
    return next(in: text, at: &start)
  }

  /// Adds a scalar's bytes.
  static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    func continuation(_ shift: UInt32) -> UInt8 {
      UInt8(truncatingIfNeeded: scalar >> shift & 0x3F | 0x80)
    }
    switch scalar {
    case ..<0x80: bytes.append(UInt8(truncatingIfNeeded: scalar))
    case ..<0x800:
      bytes.append(UInt8(truncatingIfNeeded: scalar >> 6 | 0xC0))
      bytes.append(continuation(0))
    case ..<0x10000:
      bytes.append(UInt8(truncatingIfNeeded: scalar >> 12 | 0xE0))
      bytes.append(continuation(6))
      bytes.append(continuation(0))
    default:
      bytes.append(UInt8(truncatingIfNeeded: scalar >> 18 | 0xF0))
      bytes.append(continuation(12))
      bytes.append(continuation(6))
      bytes.append(continuation(0))
    }
  }
}
