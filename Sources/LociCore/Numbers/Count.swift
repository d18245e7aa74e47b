/// How many there are of something, in words: `1 record`, `2 records`.
package enum Count {
  /// The number and the word that goes with it.
  ///
  /// - Parameters:
  ///   - one: What one of them is called.
  ///   - many: What others are called; by default the same with an s.
  package static func of(_ count: some BinaryInteger, _ one: String, _ many: String? = nil)
    -> String
  {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
  }
}
