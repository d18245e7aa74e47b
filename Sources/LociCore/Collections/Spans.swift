/// Arrays and strings lend their contents as spans here, and not by the properties of the same
/// meaning, which older systems do not have.
extension Array {
  /// Lends the elements in place.
  @inlinable
  package func withSpan<Result, Failure: Error>(
    _ body: (Span<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe withUnsafeBufferPointer { (buffer) throws(Failure) in try body(unsafe buffer.span) }
  }
}

extension ArraySlice {
  /// Lends the elements in place.
  @inlinable
  package func withSpan<Result, Failure: Error>(
    _ body: (Span<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe withUnsafeBufferPointer { (buffer) throws(Failure) in try body(unsafe buffer.span) }
  }
}

extension String {
  /// Lends the bytes in UTF-8; in place, but for a text that another language's string holds.
  @inlinable
  package func withUTF8Span<Result>(_ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
    var text = self
    return try text.withUTF8 { try body(unsafe $0.span) }
  }
}

extension [UInt8] {
  /// The offset of the first byte that breaks UTF-8, or nil. Complexity: O(n).
  package var firstInvalidUTF8: Int? {
    guard String(validating: self, as: UTF8.self) == nil else { return nil }
    var (parser, bytes, offset) = (Unicode.UTF8.ForwardParser(), makeIterator(), 0)
    while true {
      switch parser.parseScalar(from: &bytes) {
      case .valid(let scalar): offset += scalar.count
      case .error: return offset
      case .emptyInput: return nil
      }
    }
  }
}
