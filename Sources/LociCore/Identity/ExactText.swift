/// A text that equals another one only byte by byte, for sets and dictionaries of file names,
/// addresses and ids. Swift's own equality takes `é` and `e` with an accent for the same.
package struct ExactText: Hashable, Sendable, Comparable {
  /// The text.
  package let text: String

  /// Wraps a text.
  package init(_ text: String) { self.text = text }

  /// Compares UTF-8 bytes.
  package static func == (left: ExactText, right: ExactText) -> Bool {
    Name.areEqual(left.text, right.text)
  }

  /// Orders by UTF-8 bytes.
  package static func < (left: ExactText, right: ExactText) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}
