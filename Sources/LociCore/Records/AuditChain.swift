/// A SHA-256 in the chain of an audit log.
public struct ChainHash: Hashable, Sendable, CustomStringConvertible {
  /// The 32 bytes.
  public let bytes: [UInt8]

  /// Takes a stored hash, or throws ``LociError/Code/corrupt`` where it has not 32 bytes.
  public init(bytes: [UInt8]) throws(LociError) {
    guard bytes.count == Self.size else {
      throw LociError(
        .corrupt, "A hash of the audit log has \(Count.of(bytes.count, "byte")); 32 are expected.")
    }
    self.bytes = bytes
  }

  /// Reads a hash that was printed: 64 hexadecimal digits.
  ///
  /// - Throws: ``LociError/Code/invalidArgument`` for anything else.
  public init(_ text: String) throws(LociError) {
    var bytes: [UInt8] = []
    var rest = Substring(text)
    while rest.utf8.count >= 2, rest.prefix(2).allSatisfy(\.isHexDigit),
      let byte = UInt8(rest.prefix(2), radix: 16)
    {
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    guard rest.isEmpty, bytes.count == Self.size else {
      throw LociError(
        .invalidArgument, "That is no head of an audit log, which has 64 hexadecimal digits.",
        remedy: "Give it as `loci verify` printed it.")
    }
    self.bytes = bytes
  }

  fileprivate init(of bytes: [UInt8]) { self.bytes = SHA256.digest(bytes) }
  private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  fileprivate static let size = 32

  /// What stands before the first line: zeros.
  public static let start = ChainHash(unchecked: [UInt8](repeating: 0, count: size))

  /// 64 hexadecimal digits.
  public var description: String { Hexadecimal.text(bytes) }
}

/// What ties a line of the audit log to the one before it in its namespace, and to what the record
/// was then.
public struct AuditLink: Hashable, Sendable {
  /// The hash of the line before; ``ChainHash/start`` for the first line.
  public let previous: ChainHash
  /// The hash of what the record was after the change, salted by the line before; nil where it was
  /// erased, and where that is not known.
  public let state: ChainHash?
  /// The hash of this line.
  public let hash: ChainHash

  /// Makes a link of what was stored.
  public init(previous: ChainHash, state: ChainHash?, hash: ChainHash) {
    self.previous = previous
    self.state = state
    self.hash = hash
  }
}

/// How lines of the audit log hang together, the same in every store.
///
/// A line's hash is over the hash of the line before, and over namespace, time, action, record,
/// actor and the record's state; each text is preceded by its length in four bytes, and what is not
/// there by four bytes of ones. The line's number is left out: the chain is the order.
package enum AuditChain {
  /// The link of a new line.
  ///
  /// - Parameters:
  ///   - record: The record after the change; nil where it is gone.
  ///   - previous: The hash of the namespace's last line.
  package static func link(
    _ entry: AuditEntry, in namespace: Namespace, _ record: Record?, after previous: ChainHash
  ) -> AuditLink {
    let state = record.map { self.state(of: $0, after: previous) }
    return AuditLink(
      previous: previous, state: state,
      hash: hash(
        namespace.name, entry.time.millisecondsSince1970, entry.action.name, entry.record.text,
        entry.actor, state, after: previous))
  }

  /// What a line's hash must be.
  package static func hash(
    of entry: AuditEntry, in namespace: Namespace, _ link: AuditLink
  ) -> ChainHash {
    hash(
      namespace.name, entry.time.millisecondsSince1970, entry.action.name, entry.record.text,
      entry.actor, link.state, after: link.previous)
  }

  /// The hash of a line. Complexity: O(length of the names).
  package static func hash(
    _ namespace: String, _ milliseconds: Int64, _ action: String, _ record: String,
    _ actor: String?, _ state: ChainHash?, after previous: ChainHash
  ) -> ChainHash {
    var fields = ChainedFields(after: previous)
    fields.add(namespace)
    fields.add(milliseconds)
    fields.add(action)
    fields.add(record)
    fields.add(actor)
    fields.add(state?.bytes)
    return ChainHash(of: fields.bytes)
  }

  /// The salted hash of a record, but for how often it was recalled. Complexity: O(record).
  package static func state(of record: Record, after previous: ChainHash) -> ChainHash {
    var fields = ChainedFields(after: previous)
    fields.add(record.contentHash.bytes)
    for text in [
      record.namespace.name, record.id.text, record.collection.name, record.status.rawValue,
      record.audience.rawValue, record.category?.name, record.author, record.authorName,
      record.source?.uri, record.source?.heading, record.whole?.text,
    ] { fields.add(text) }
    for number in [
      record.source?.lines?.lowerBound, record.source?.lines?.upperBound, record.position,
      record.importance,
    ] { fields.add(number.map(Int64.init)) }
    for time in [
      record.createdAt, record.updatedAt, record.occurredAt, record.validFrom, record.validUntil,
      record.knownFrom, record.knownUntil,
    ] { fields.add(time?.millisecondsSince1970) }
    fields.add(Int64(bitPattern: record.confidence.bitPattern))
    for (key, value) in record.metadata.sorted(by: {
      $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }) {
      fields.add(key)
      fields.add(value)
    }
    return ChainHash(of: fields.bytes)
  }
}

/// The bytes that a hash is made of.
private struct ChainedFields {
  private(set) var bytes: [UInt8]

  init(after previous: ChainHash) {
    bytes = []
    bytes.reserveCapacity(512)
    bytes += previous.bytes
  }

  private mutating func addLength(_ length: Int) {
    let length = UInt32(truncatingIfNeeded: length)
    for shift in [24, 16, 8, 0] as [UInt32] {
      bytes.append(UInt8(truncatingIfNeeded: length >> shift))
    }
  }

  private mutating func addNothing() { addLength(-1) }

  mutating func add(_ text: String?) {
    guard let text else { return addNothing() }
    addLength(text.utf8.count)
    bytes += text.utf8
  }

  mutating func add(_ hash: [UInt8]?) {
    guard let hash else { return addNothing() }
    addLength(hash.count)
    bytes += hash
  }

  mutating func add(_ number: Int64?) {
    guard let number else { return addNothing() }
    addLength(8)
    for shift in stride(from: Int64(56), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  mutating func add(_ value: MetadataValue) {
    switch value {
    case .string(let text):
      add("string")
      add(text)
    case .number(let number):
      add("number")
      // Zero has two signs and one value.
      add(Int64(bitPattern: (number == 0 ? 0 : number).bitPattern))
    case .bool(let value): add(value ? "true" : "false")
    case .list(let values):
      add("list")
      add(Int64(values.count))
      for value in values { add(value) }
    }
  }
}
