public import Foundation

/// What a key is for; the same key on another shelf is another one.
public enum KeyShelf: String, Hashable, Sendable, Codable, CaseIterable {
  /// What an app keeps.
  case values
  /// Whom a bot trusts: a key for each author.
  case trust
  /// What is known of ingested files: a key for each.
  case files
  /// What files said, in parts.
  case fileTexts = "file_texts"
}

/// What names a value in a record store.
public struct KeyName: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The namespace.
  public let namespace: Namespace
  /// What it is for.
  public let shelf: KeyShelf
  /// The key; 1 to 256 UTF-8 bytes and no control characters.
  public let key: String

  /// Makes a name, or throws ``LociError/Code/invalidArgument`` for what is no key.
  public init(
    _ key: String, on shelf: KeyShelf = .values, in namespace: Namespace
  ) throws(LociError) {
    self.key = try Name.validate(key, as: "key")
    self.shelf = shelf
    self.namespace = namespace
  }

  /// Namespace, shelf and key.
  public var description: String { "\(namespace) \(shelf.rawValue) \(key)" }

  /// Compares UTF-8 bytes.
  public static func == (left: KeyName, right: KeyName) -> Bool {
    left.namespace == right.namespace && left.shelf == right.shelf
      && Name.areEqual(left.key, right.key)
  }

  /// By namespace, shelf and key, each in the order of UTF-8 bytes.
  public static func < (left: KeyName, right: KeyName) -> Bool {
    for (one, other) in [
      (left.namespace.name, right.namespace.name), (left.shelf.rawValue, right.shelf.rawValue),
      (left.key, right.key),
    ] where !Name.areEqual(one, other) {
      return one.utf8.lexicographicallyPrecedes(other.utf8)
    }
    return false
  }
}

/// A value that is kept under a key.
public struct KeyValue: Hashable, Sendable {
  /// The most UTF-8 bytes of a value: 1 MiB.
  public static let maximumSize = 1 << 20

  /// What names it.
  public let name: KeyName
  /// JSON on one line.
  public let value: String
  /// When it was set, in whole milliseconds.
  public let updatedAt: Date

  /// Makes a value, or throws ``LociError/Code/invalidArgument`` for one that is too long.
  public init(_ name: KeyName, value: String, updatedAt: Date) throws(LociError) {
    guard value.utf8.count <= Self.maximumSize else {
      throw LociError(
        .invalidArgument,
        "A value has \(value.utf8.count) bytes; at most \(Self.maximumSize) are allowed.",
        remedy: "Keep it in a file, and its path here.")
    }
    guard value.utf8.allSatisfy({ $0 >= 0x20 }) else {
      throw LociError(
        .invalidArgument, "A value holds control characters, as JSON on a line has none.")
    }
    self.name = name
    self.value = value
    self.updatedAt = updatedAt.wholeMilliseconds
  }
}

/// What a key's value must be for it to be changed.
public enum KeyExpectation: Hashable, Sendable {
  /// Whatever it is.
  case anything
  /// There is none.
  case absent
  /// This one, byte for byte.
  case value(String)

  /// Throws ``LociError/Code/conflict`` where the value is another one.
  package func require(_ value: String?) throws(LociError) {
    switch self {
    case .anything: return
    case .absent where value == nil: return
    case .value(let wanted) where value.hasBytes(of: wanted): return
    default: throw Self.conflict
    }
  }

  /// The error for a value that is another one.
  package static let conflict = LociError(
    .conflict, "The key has another value than was expected; nothing was changed.",
    remedy: "Read it again, and decide by what it is now.")
}
