/// The SHA-256 of a text's UTF-8 bytes: what a vector or a chunk was made from.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
  /// The 32 bytes.
  public let bytes: [UInt8]

  /// Hashes a text. Complexity: O(n).
  public init(of text: String) { bytes = SHA256.digest(text.utf8) }

  /// Takes a stored hash, or throws ``LociError/Code/corrupt`` where it has not 32 bytes.
  public init(bytes: [UInt8]) throws(LociError) {
    guard bytes.count == 32 else {
      throw LociError(
        .corrupt, "A content hash has \(Count.of(bytes.count, "byte")); 32 are expected.")
    }
    self.bytes = bytes
  }

  /// The hash in hexadecimal.
  public var description: String { Hexadecimal.text(bytes) }
}
