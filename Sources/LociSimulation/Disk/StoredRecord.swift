import LociCore

/// A record and its words.
struct StoredRecord {
  let record: Record
  let words: RecordWords

  /// Takes the words of the record before where text and heading are the same.
  init(_ record: Record, after old: StoredRecord?) {
    self.record = record
    if let old, old.record.hasSameWords(as: record) {
      words = old.words
    } else {
      words = RecordWords(record)
    }
  }

  /// How often words follow each other in the record.
  func count(of term: [String]) -> Int { places(of: term).count }

  /// Where they do; places in the heading come behind all that the text can have.
  func places(of term: [String]) -> [Int32] {
    Self.places(of: term, in: words.text)
      + Self.places(of: term, in: words.heading).map { $0 + 1 << 28 }
  }

  private static func places(of term: [String], in words: [String]) -> [Int32] {
    guard let first = term.first, term.count <= words.count else { return [] }
    return (0...(words.count - term.count)).filter { start in
      words[start] == first
        && (term.count == 1 || words[start..<(start + term.count)].elementsEqual(term))
    }.map { Int32($0) }
  }
}
