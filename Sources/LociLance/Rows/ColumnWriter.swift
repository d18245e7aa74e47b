import LociCore

/// Writes columns as Arrow lays them out, so that the worker takes them over without a loop: texts
/// as `count + 1` int32 offsets and their UTF-8 bytes, numbers as they stand, all little-endian.
struct ColumnWriter {
  /// How "no text" is written; ``MetadataJSON/escape(_:)`` never makes it.
  static let noText = "\u{1}"

  /// About what an entry takes; a guess that spares copies.
  private static let usualBytes = 200

  /// What was written so far.
  private(set) var bytes: [UInt8] = []

  /// Writes the columns of entries that belong together, but for their vectors.
  mutating func append(_ entries: [VectorEntry]) throws {
    bytes.reserveCapacity(entries.count * Self.usualBytes)
    texts(entries.map(\.attributes.namespace.name))
    texts(entries.map(\.id.text))
    for entry in entries { number(Int64(entry.part)) }
    for entry in entries { bytes += entry.contentHash.bytes }
    append(.integer, entries.map { $0.embeddedAt.map { .integer($0.millisecondsSince1970) } })
    for attribute in Attribute.allCases {
      append(attribute.kind, entries.map { $0.attributes[attribute] })
    }
    texts(try entries.map { try MetadataJSON.encode($0.attributes.metadata) })
    let terms = entries.map { MetadataTerms.terms(of: $0.attributes.metadata) }
    offsets(terms.map(\.count))
    texts(terms.flatMap { $0 })
  }

  /// Writes an attribute's values; numbers after a byte for each that says whether there is one.
  private mutating func append(_ kind: Attribute.Kind, _ values: [AttributeValue?]) {
    guard kind != .text else {
      return texts(
        values.map { value in
          if case .text(let text) = value { MetadataJSON.escape(text) } else { Self.noText }
        })
    }
    for value in values { bytes.append(value == nil ? 0 : 1) }
    for value in values {
      switch value {
      case .integer(let integer): number(integer)
      case .real(let real): number(real.bitPattern)
      case .text, nil: number(Int64(0))
      }
    }
  }

  /// Writes texts.
  mutating func texts(_ texts: [String]) {
    offsets(texts.map(\.utf8.count))
    for text in texts { bytes += text.utf8 }
  }

  private mutating func offsets(_ counts: [Int]) {
    // Wrapping: a column that is too long for int32 makes a frame that is refused anyway.
    var end: Int32 = 0
    number(end)
    for count in counts {
      end &+= Int32(truncatingIfNeeded: count)
      number(end)
    }
  }

  private mutating func number(_ value: some FixedWidthInteger) {
    var value = value.littleEndian
    unsafe withUnsafeBytes(of: &value) { unsafe bytes.append(contentsOf: $0) }
  }
}
