import Foundation
import LociCore

/// Reads the columns of an answer one after the other; see ``ColumnWriter``.
struct ColumnReader {
  private let bytes: [UInt8]
  private var position: Int

  /// Starts behind a frame's JSON.
  init(_ frame: Frame) {
    bytes = frame.columns
    position = 0
  }

  /// The columns of whole entries.
  mutating func entries(_ count: Int, dimension: Int) throws -> [VectorEntry] {
    try check(count)
    let components: [Float] = try numbers(count * dimension)
    let namespaces = try texts(count)
    let ids = try texts(count)
    let parts: [Int64] = try numbers(count)
    let hashes = try hashes(count)
    let times = try values(.integer, count)
    var values: [Attribute: [AttributeValue?]] = [:]
    for attribute in Attribute.allCases {
      values[attribute] = try self.values(attribute.kind, count)
    }
    let (read, metadata) = (values, try texts(count))
    return try (0..<count).map { row in
      let attributes = try VectorAttributes(
        namespace: Namespace(namespaces[row]), metadata: MetadataJSON.decode(metadata[row])
      ) { read[$0]?[row] }
      let vector = components[(row * dimension)..<((row + 1) * dimension)]
      return VectorEntry(
        id: try RecordID(ids[row]), part: Int(parts[row]), contentHash: hashes[row],
        vector: try UnitVector(normalizing: Array(vector)), embeddedAt: time(times[row]),
        attributes: attributes)
    }
  }

  private func time(_ value: AttributeValue?) -> Date? {
    guard case .integer(let milliseconds) = value else { return nil }
    return Date(millisecondsSince1970: milliseconds)
  }

  /// An attribute's values.
  private mutating func values(
    _ kind: Attribute.Kind, _ count: Int
  ) throws -> [AttributeValue?] {
    guard kind != .text else {
      return try texts(count).map { text in
        Self.present(text).map { .text(MetadataJSON.unescape($0)) }
      }
    }
    let marks: [UInt8] = try numbers(count)
    let values: [AttributeValue]
    if kind == .integer {
      let integers: [Int64] = try numbers(count)
      values = integers.map(AttributeValue.integer)
    } else {
      let reals: [Double] = try numbers(count)
      values = reals.map(AttributeValue.real)
    }
    return zip(marks, values).map { $0 == 0 ? nil : $1 }
  }

  /// Content hashes of 32 bytes.
  mutating func hashes(_ count: Int) throws -> [ContentHash] {
    try check(count)
    let all = try take(32 * count)
    return try (0..<count).map { row in
      let start = all.startIndex + 32 * row
      return try ContentHash(bytes: Array(all[start..<(start + 32)]))
    }
  }

  /// Texts.
  mutating func texts(_ count: Int) throws -> [String] {
    try check(count)
    let offsets: [Int32] = try numbers(count == 0 ? 1 : count + 1)
    let data = try take(Int(offsets[count]))
    return try (0..<count).map { row in
      let (start, end) = (Int(offsets[row]), Int(offsets[row + 1]))
      guard 0 <= start, start <= end, end <= data.count else { throw Self.damaged }
      return String(
        decoding: data[(data.startIndex + start)..<(data.startIndex + end)], as: UTF8.self)
    }
  }

  /// Little-endian numbers of a fixed width.
  mutating func numbers<Number: BitwiseCopyable>(_ count: Int) throws -> [Number] {
    try check(count)
    let data = try take(count * MemoryLayout<Number>.size)
    return unsafe data.withUnsafeBytes { buffer in
      (0..<count).map {
        unsafe buffer.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Number>.size, as: Number.self)
      }
    }
  }

  /// No column has more rows than bytes; so what is computed with the count is small enough.
  private func check(_ count: Int) throws {
    guard 0...bytes.count ~= count else { throw Self.damaged }
  }

  private mutating func take(_ size: Int) throws -> ArraySlice<UInt8> {
    guard size >= 0, size <= bytes.count - position else { throw Self.damaged }
    defer { position += size }
    return bytes[position..<(position + size)]
  }

  private static func present(_ text: String) -> String? {
    text == ColumnWriter.noText ? nil : text
  }

  private static var damaged: LociError {
    LociError(
      .corrupt, "LanceDB gave rows that Loci did not write.",
      remedy: "Restore the folder from a backup, or build it anew with `loci migrate`.")
  }
}
