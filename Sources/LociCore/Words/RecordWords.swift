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

  /// How often words follow each other. Complexity: O(words).
  package func count(of term: [String]) -> Int { places(of: term).count }

  /// Where words follow each other; places in the heading come behind all that the text can have.
  /// Complexity: O(words).
  package func places(of term: [String]) -> [Int32] {
    Self.places(of: term, in: text) + Self.places(of: term, in: heading).map { $0 + 1 << 28 }
  }

  private static func places(of term: [String], in words: [String]) -> [Int32] {
    guard let first = term.first, term.count <= words.count else { return [] }
    return (0...(words.count - term.count)).filter { start in
      words[start] == first
        && (term.count == 1 || words[start..<(start + term.count)].elementsEqual(term))
    }.map { Int32($0) }
  }
}
