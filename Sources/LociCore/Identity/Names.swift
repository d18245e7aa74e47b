/// The rules that names and ids share: short, not empty, and free of control characters.
enum Name {
  static let maximumBytes = 256

  static func validate(_ text: String, as kind: String) throws(LociError) -> String {
    guard !text.isEmpty else {
      throw LociError(.invalidArgument, "A \(kind) must not be empty.")
    }
    guard text.utf8.count <= maximumBytes else {
      throw LociError(
        .invalidArgument,
        "A \(kind) has \(text.utf8.count) bytes; at most \(maximumBytes) are allowed.")
    }
    guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
      throw LociError(.invalidArgument, "A \(kind) must not hold control characters.")
    }
    return text
  }

  /// Whether two names have the same UTF-8 bytes, as every store compares them. Swift's own
  /// equality takes `é` and `e` with an accent for the same.
  static func areEqual(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8)
  }
}

/// The isolation unit: a bot, an agent, a workspace. Every read and write names one.
///
/// Names have 1 to 256 UTF-8 bytes and no control characters; `kind:name` (`bot:ada`) is the habit.
public struct Namespace: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The name.
  public let name: String

  /// Makes a namespace, or throws ``LociError/Code/invalidArgument``.
  public init(_ name: String) throws(LociError) {
    self.name = try Name.validate(name, as: "namespace")
  }

  private init(unchecked name: String) { self.name = name }

  /// What authors share with others.
  public static let shared = Namespace(unchecked: "shared")

  /// The name.
  public var description: String { name }

  /// Compares UTF-8 bytes.
  public static func == (left: Namespace, right: Namespace) -> Bool {
    Name.areEqual(left.name, right.name)
  }

  /// Orders by UTF-8 bytes.
  public static func < (left: Namespace, right: Namespace) -> Bool {
    left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
  }
}

/// A record's name within its namespace.
public struct RecordID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The id's text: 1 to 256 UTF-8 bytes, no control characters.
  public let text: String

  /// Takes an id of the caller's, or throws ``LociError/Code/invalidArgument``.
  public init(_ text: String) throws(LociError) {
    self.text = try Name.validate(text, as: "record id")
  }

  private init(unchecked text: String) { self.text = text }

  /// The id's text.
  public var description: String { text }

  /// Compares UTF-8 bytes.
  public static func == (left: RecordID, right: RecordID) -> Bool {
    Name.areEqual(left.text, right.text)
  }

  /// Orders by UTF-8 bytes, as every store does, so that ties fall the same way everywhere.
  public static func < (left: RecordID, right: RecordID) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// A new id, ordered by time: a UUID of version 7 (RFC 9562) in lower case.
  ///
  /// - Parameters:
  ///   - milliseconds: Milliseconds since 1970, UTC; the lower 48 bits are used.
  ///   - generator: Where the 74 random bits come from.
  public static func generate(
    atMilliseconds milliseconds: Int64, using generator: inout some RandomNumberGenerator
  ) -> RecordID {
    let time = UInt64(bitPattern: milliseconds) & 0xFFFF_FFFF_FFFF
    let high = time << 16 | 0x7000 | (generator.next() & 0x0FFF)
    let low = 0x8000_0000_0000_0000 | (generator.next() >> 2)
    let digits = Hexadecimal.text(high) + Hexadecimal.text(low)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { text.append("-") }
      text.append(digit)
    }
    return RecordID(unchecked: text)
  }
}
