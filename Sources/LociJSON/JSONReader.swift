package import LociCore

/// A strict reader of JSON (RFC 8259) over UTF-8 bytes, bounded in depth and size: for a file of
/// half a megabyte that must load in milliseconds, for lines whose values must come back as they
/// were written, and for what a stranger sends.
///
/// It hands out strings as byte ranges, so that a vocabulary of 30,000 entries is read without
/// making 30,000 strings. Its errors tell a byte's place and nothing of what was read.
package struct JSONReader {
  /// The nesting that is read where nothing else is asked for.
  package static let usualDepth = 64
  /// The deepest nesting that can be asked for: more would endanger the stack of a small thread.
  package static let greatestDepth = 128

  private let bytes: [UInt8]
  private let name: String
  private let remedy: String?
  private let maximumDepth: Int
  private var position = 0
  private var depth = 0
  // Where the last key began.
  private var keyPosition = 0

  /// Takes what is to be read.
  ///
  /// - Parameters:
  ///   - name: What errors call it, at the start of a sentence; never a text of the user's.
  ///   - remedy: What to do where it is no JSON.
  ///   - maximumBytes: A longer text is refused.
  ///   - maximumDepth: Deeper nesting is refused; at most ``greatestDepth`` counts.
  /// - Throws: ``LociError/Code/corrupt`` where it is too long or not UTF-8.
  package init(
    _ bytes: [UInt8], named name: String = "The text", remedy: String? = nil, maximumBytes: Int,
    maximumDepth: Int = usualDepth
  ) throws(LociError) {
    (self.bytes, self.name, self.remedy) = (bytes, name, remedy)
    self.maximumDepth = min(maximumDepth, Self.greatestDepth)
    guard bytes.count <= maximumBytes else {
      throw corrupt("is longer than \(Count.of(maximumBytes, "byte"))")
    }
    if let bad = bytes.firstInvalidUTF8 { throw corrupt("is not valid UTF-8 at byte \(bad)") }
  }

  private func corrupt(_ reason: String) -> LociError {
    LociError(.corrupt, "\(name) \(reason).", remedy: remedy)
  }

  /// Reads an object; `body` gets each key, also one that came before, and must read its value.
  package mutating func readObject(
    _ body: (inout JSONReader, String) throws(LociError) -> Void
  ) throws(LociError) {
    try readMembers { (reader, key) throws(LociError) in
      try body(&reader, String(decoding: key, as: UTF8.self))
    }
  }

  /// Reads an object whose values are all whole numbers, 0 to `Int32.max`; `body` gets each key,
  /// also one that came before.
  package mutating func readIntegers(
    _ body: (ArraySlice<UInt8>, Int32) -> Void
  ) throws(LociError) {
    try readMembers { (reader, key) throws(LociError) in
      body(key, try reader.readInteger())
    }
  }

  /// Reads any value, and gives the bytes that it is written in as well.
  package mutating func readWritten() throws(LociError) -> (
    value: JSON, bytes: ArraySlice<UInt8>
  ) {
    _ = try peek()
    let start = position
    let value = try readValue()
    return (value, bytes[start..<position])
  }

  /// Reads any value. A key that comes twice in an object is refused: readers disagree on which of
  /// the two counts.
  ///
  /// A number that is an `Int` and written as one is ``JSON/integer(_:)``; any other keeps its
  /// digits, as ``JSON/literal(_:)``.
  package mutating func readValue() throws(LociError) -> JSON {
    switch try peek() {
    case UInt8(ascii: "{"): return .object(try readPairs())
    case UInt8(ascii: "["): return .array(try readArray())
    case UInt8(ascii: "\""): return .string(String(decoding: try readString(), as: UTF8.self))
    case UInt8(ascii: "t"): return try readWord("true", as: .bool(true))
    case UInt8(ascii: "f"): return try readWord("false", as: .bool(false))
    case UInt8(ascii: "n"): return try readWord("null", as: .null)
    default: return try readNumber()
    }
  }

  /// Nothing but white space may follow the value.
  package mutating func expectEnd() throws(LociError) {
    skipSpace()
    guard position == bytes.count else { throw unexpected() }
  }

  // MARK: - Pieces

  private mutating func readMembers(
    _ body: (inout JSONReader, ArraySlice<UInt8>) throws(LociError) -> Void
  ) throws(LociError) {
    try enter(UInt8(ascii: "{"))
    while try !leave(UInt8(ascii: "}")) {
      _ = try peek()
      keyPosition = position
      let key = try readString()
      try expect(UInt8(ascii: ":"))
      try body(&self, key)
      try separate(before: UInt8(ascii: "}"))
    }
  }

  private mutating func readPairs() throws(LociError) -> [(key: String, value: JSON)] {
    var pairs: [(key: String, value: JSON)] = []
    // Bytes, since strings are equal also where they are composed in other ways.
    var keys: Set<ArraySlice<UInt8>> = []
    try readMembers { (reader, key) throws(LociError) in
      guard keys.insert(key).inserted else {
        throw reader.corrupt("has a key for the second time at byte \(reader.keyPosition)")
      }
      let value = try reader.readValue()
      pairs.append((key: String(decoding: key, as: UTF8.self), value: value))
    }
    return pairs
  }

  private mutating func readArray() throws(LociError) -> [JSON] {
    var values: [JSON] = []
    try enter(UInt8(ascii: "["))
    while try !leave(UInt8(ascii: "]")) {
      values.append(try readValue())
      try separate(before: UInt8(ascii: "]"))
    }
    return values
  }

  private mutating func enter(_ bracket: UInt8) throws(LociError) {
    try expect(bracket)
    depth += 1
    guard depth <= maximumDepth else {
      throw corrupt("nests deeper than \(Count.of(maximumDepth, "level")) at byte \(position - 1)")
    }
  }

  private mutating func leave(_ bracket: UInt8) throws(LociError) -> Bool {
    guard try peek() == bracket else { return false }
    position += 1
    depth -= 1
    return true
  }

  /// A comma stands between two members, and none before the closing bracket.
  private mutating func separate(before bracket: UInt8) throws(LociError) {
    guard try peek() != bracket else { return }
    try expect(UInt8(ascii: ","))
    guard try peek() != bracket else { throw unexpected() }
  }

  private mutating func expect(_ byte: UInt8) throws(LociError) {
    guard try peek() == byte else { throw unexpected() }
    position += 1
  }

  private mutating func peek() throws(LociError) -> UInt8 {
    skipSpace()
    guard position < bytes.count else { throw unexpected() }
    return bytes[position]
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) {
      position += 1
    }
  }

  private mutating func readWord(
    _ word: String, as value: JSON
  ) throws(LociError) -> JSON {
    guard bytes[position...].starts(with: word.utf8) else { throw unexpected() }
    position += word.utf8.count
    return value
  }

  private mutating func readInteger() throws(LociError) -> Int32 {
    _ = try peek()
    var value: Int64 = 0
    let start = position
    while position < bytes.count, case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10,
      value <= Int32.max
    {
      value = value * 10 + Int64(digit)
      position += 1
    }
    guard position > start, let number = Int32(exactly: value) else { throw unexpected() }
    return number
  }

  // RFC 8259, section 6: no plus sign, no leading zero, a digit on either side of the point.
  private mutating func readNumber() throws(LociError) -> JSON {
    let start = position
    if next(is: "-") { position += 1 }
    if next(is: "0") { position += 1 } else { try readDigits() }
    if next(is: ".") {
      position += 1
      try readDigits()
    }
    if next(is: "e") || next(is: "E") {
      position += 1
      if next(is: "+") || next(is: "-") { position += 1 }
      try readDigits()
    }
    let written = String(decoding: bytes[start..<position], as: UTF8.self)
    // Negative zero is no Int. What has more digits than one need not be converted to see that.
    if written.utf8.count <= 20, written != "-0", let value = Int(written) {
      return .integer(value)
    }
    return .literal(written)
  }

  private mutating func readDigits() throws(LociError) {
    let start = position
    while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 { position += 1 }
    guard position > start else { throw unexpected() }
  }

  private func next(is letter: Unicode.Scalar) -> Bool {
    position < bytes.count && bytes[position] == UInt8(ascii: letter)
  }

  private func unexpected() -> LociError {
    position < bytes.count
      ? corrupt("is not valid JSON at byte \(position)")
      : corrupt("is truncated: it ends after \(Count.of(bytes.count, "byte"))")
  }
}

// MARK: - Strings

extension JSONReader {
  /// The bytes of a string; a slice of the file where nothing is escaped.
  private mutating func readString() throws(LociError) -> ArraySlice<UInt8> {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw unexpected() }
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return bytes[start..<position - 1]
      case UInt8(ascii: "\\"): return try readEscapedString(from: start)
      case 0..<0x20: throw unexpected()
      default: position += 1
      }
    }
    throw unexpected()
  }

  private mutating func readEscapedString(from start: Int) throws(LociError) -> ArraySlice<UInt8> {
    var text = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return text[...]
      case UInt8(ascii: "\\"): text += String(try readEscape()).utf8
      case 0..<0x20: throw unexpected()
      default:
        text.append(byte)
        position += 1
      }
    }
    throw unexpected()
  }

  private mutating func readEscape() throws(LociError) -> Unicode.Scalar {
    guard position + 1 < bytes.count else {
      position = bytes.count
      throw unexpected()
    }
    let letter = bytes[position + 1]
    position += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try readCodePoint()
    default: throw unexpected()
    }
  }

  private mutating func readCodePoint() throws(LociError) -> Unicode.Scalar {
    let unit = try readHexadecimal()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xDC00, bytes[position...].starts(with: "\\u".utf8) else { throw unexpected() }
    position += 2
    let low = try readHexadecimal()
    guard (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    else { throw unexpected() }
    return scalar
  }

  private mutating func readHexadecimal() throws(LociError) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw unexpected() }
    position += 4
    return unit
  }
}

extension JSON {
  /// Reads a whole text, which holds one value; see ``JSONReader``.
  ///
  /// - Throws: ``LociError/Code/corrupt`` with the place where it stops being what was asked for.
  package init(
    reading bytes: [UInt8], named name: String = "The text", remedy: String? = nil,
    maximumBytes: Int, maximumDepth: Int = JSONReader.usualDepth
  ) throws(LociError) {
    var reader = try JSONReader(
      bytes, named: name, remedy: remedy, maximumBytes: maximumBytes, maximumDepth: maximumDepth)
    self = try reader.readValue()
    try reader.expectEnd()
  }
}
