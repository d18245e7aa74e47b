import LociCore

/// A record and its words.
struct StoredRecord {
  let record: Record
  /// The words of the text, then those of its heading, in order; an empty one stands between.
  let words: [String]

  /// Takes the words of the record before where text and heading are the same.
  init(_ record: Record, after old: StoredRecord?) {
    self.record = record
    let heading = record.source?.heading ?? ""
    if let old, old.record.contentHash == record.contentHash,
      (old.record.source?.heading ?? "").utf8.elementsEqual(heading.utf8)
    {
      words = old.words
    } else {
      words = Words.cut(record.text) + [""] + Words.cut(heading)
    }
  }

  /// How often words follow each other in the record.
  func count(of term: [String]) -> Int {
    guard let first = term.first, term.count <= words.count else { return 0 }
    return (0...(words.count - term.count)).count { start in
      words[start] == first
        && (term.count == 1 || words[start..<(start + term.count)].elementsEqual(term))
    }
  }
}

/// How the words of texts and queries are compared.
enum Words {
  /// The words of a text, in order, without their endings.
  static func cut(_ text: String) -> [String] {
    Segmenter.indexed(text).unicodeScalars
      .split { !Segmenter.isWord($0) }
      .map { stem(String($0)) }
  }

  /// Takes off plural, past and progressive endings: the first step of M. F. Porter's algorithm
  /// (1980), and none of its others. Other words than ASCII ones stay as they are.
  static func stem(_ word: String) -> String {
    guard word.utf8.allSatisfy({ $0 < 0x80 }) else { return word }
    if word.hasSuffix("sses") || word.hasSuffix("ies") { return String(word.dropLast(2)) }
    if word.hasSuffix("s") && !word.hasSuffix("ss") && word.count > 3 {
      return String(word.dropLast())
    }
    for ending in ["ing", "ed"] where word.hasSuffix(ending) {
      let rest = word.dropLast(ending.count)
      guard rest.contains(where: "aeiouy".contains) else { return word }
      guard let last = rest.last, rest.dropLast().last == last, !"lsz".contains(last) else {
        return String(rest)
      }
      return String(rest.dropLast())
    }
    return word
  }
}
