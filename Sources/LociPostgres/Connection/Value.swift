import LociCore
import LociSQL

/// A value that is bound to a statement in PostgreSQL's binary format; nothing is ever pasted into
/// SQL.
///
/// PostgreSQL's texts have no U+0000, so texts are escaped here and given back by ``Row``; see
/// ``MetadataJSON/escape(_:)``.
///
/// The server infers each parameter's type from where it stands: `integer` must stand for a bigint,
/// `real` for a double precision.
enum Value: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case texts([String])
  case bytes([UInt8])
  case vector([Float])

  init(_ value: SQLValue) {
    switch value {
    case .null: self = .null
    case .integer(let number): self = .integer(number)
    case .real(let number): self = .real(number)
    case .text(let text): self = .text(text)
    case .bytes(let bytes): self = .bytes(bytes)
    }
  }

  init(_ value: String?) { self = value.map(Value.text) ?? .null }
  init(_ value: Int64?) { self = value.map(Value.integer) ?? .null }
  init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }

  /// Appends the value's bytes; returns their count, or nil for NULL.
  func append(to bytes: inout [UInt8]) -> Int? {
    let start = bytes.count
    switch self {
    case .null: return nil
    case .integer(let number): bytes.append(bigEndian: number)
    case .real(let number): bytes.append(bigEndian: Int64(bitPattern: number.bitPattern))
    case .text(let text): bytes.append(contentsOf: MetadataJSON.escape(text).utf8)
    case .bytes(let value): bytes.append(contentsOf: value)
    case .vector(let components): Self.append(components, to: &bytes)
    case .texts(let texts): Self.append(texts, to: &bytes)
    }
    return bytes.count - start
  }

  /// As pgvector's `vector_recv` reads it: the dimension, an unused field, the components.
  private static func append(_ components: [Float], to bytes: inout [UInt8]) {
    bytes.append(bigEndian: Int16(truncatingIfNeeded: components.count))
    bytes.append(bigEndian: Int16(0))
    let bigEndian = components.map { $0.bitPattern.bigEndian }
    unsafe bigEndian.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  /// As `array_recv` reads it: dimensions, whether there are NULLs, the elements' type, then length
  /// and lower bound of the one dimension.
  private static func append(_ texts: [String], to bytes: inout [UInt8]) {
    let textType: Int32 = 25  // TEXTOID in PostgreSQL's pg_type.dat
    for field in [1, 0, textType, Int32(truncatingIfNeeded: texts.count), 1] {
      bytes.append(bigEndian: field)
    }
    for text in texts.map(MetadataJSON.escape) {
      bytes.append(bigEndian: Int32(truncatingIfNeeded: text.utf8.count))
      bytes.append(contentsOf: text.utf8)
    }
  }
}

extension [UInt8] {
  /// Appends a number in network byte order.
  mutating func append(bigEndian number: some FixedWidthInteger) {
    unsafe Swift.withUnsafeBytes(of: number.bigEndian) { unsafe append(contentsOf: $0) }
  }
}

/// SQL and the values of its parameters `$1`, `$2`, …
struct Statement: Sendable {
  let sql: String
  var values: [Value] = []

  init(_ sql: String, _ values: [Value] = []) {
    self.sql = sql
    self.values = values
  }
}
