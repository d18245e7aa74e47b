/// The words of a record as every index holds them: those of its text, and with the same weight
/// those of its source's heading. No phrase goes from one into the other.
package struct RecordWords: Hashable, Sendable {
  /// The text's words, in order.
  package let text: [String]
  /// The heading's words, in order.
  package let heading: [String]

  /// How many there are.
  package var count: Int { text.count + heading.count }

  /// Cuts a record into words. Complexity: O(size of the text).
  package init(_ record: Record) {
    self.init(text: record.text, heading: record.source?.heading ?? "")
  }

  /// Cuts a text and its heading into words.
  package init(text: String, heading: String) {
    self.text = Segmenter.words(of: text)
    self.heading = Segmenter.words(of: heading)
  }
}
