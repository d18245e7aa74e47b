import Foundation
import LociCore

/// Texts as the words that PostgreSQL's parser shall see.
///
/// Its parser depends on the server's locale, and takes addresses, versions and hyphens apart in
/// its own way. So it is only ever given words of a…z, which are stemmed, and `x0` with hexadecimal
/// digits for each other word, which it takes as it is.
enum WordText {
  /// Changes whenever the same text would give other words.
  static let version = "\(Segmenter.version).1"

  /// PostgreSQL holds less than 1 MiB of words a record. A word of n bytes takes at most n + 5
  /// there and n + 1 here, and there are not many short ones: half of that always fits.
  static let maximumBytes = 512 << 10

  /// Words are cut here, in the index and in a query, so that long ones are found, too.
  private static let maximumWordBytes = 1000

  /// A record's heading and text as words, separated by spaces; of a long text, the first ones.
  static func indexed(_ record: Record) -> String {
    var result: [UInt8] = []
    for text in [record.source?.heading ?? "", record.text] {
      // What is cut off anyway need not be read: a word takes at least as many bytes here.
      let start = String(text.unicodeScalars.prefix(maximumBytes))
      let isWhole = append(Segmenter.indexed(start.lowercased()), to: &result)
      if !isWhole { break }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The SQL of the words of a bound text.
  static func vector(_ parameter: String) -> String { "to_tsvector('words', \(parameter)::text)" }

  /// The terms of a query, each as the words that follow each other in a record.
  static func terms(_ query: String) -> [[String]] {
    QueryTerms(query).terms.map { $0.map(word).filter { !$0.isEmpty } }.filter { !$0.isEmpty }
  }

  private static func append(_ text: String, to result: inout [UInt8]) -> Bool {
    for piece in text.unicodeScalars.split(whereSeparator: { !Segmenter.isWord($0) }) {
      let word = word(String(piece))
      guard !word.isEmpty else { continue }
      guard result.count + word.utf8.count < maximumBytes else { return false }
      result.append(contentsOf: word.utf8)
      result.append(UInt8(ascii: " "))
    }
    return true
  }

  /// A word as the parser shall see it; empty where only marks are left.
  private static func word(_ text: String) -> String {
    if text.utf8.allSatisfy({ (97...122).contains($0) }) { return cut(text) }
    let folded = String(withoutAccents(text))
    if folded.utf8.allSatisfy({ (97...122).contains($0) }) { return cut(folded) }
    return cut("x0" + Hexadecimal.text(folded.utf8))
  }

  private static func cut(_ word: String) -> String {
    String(decoding: word.utf8.prefix(maximumWordBytes), as: UTF8.self)
  }

  /// Latin letters without what stands above, below or through them as a mark.
  private static func withoutAccents(_ text: String) -> String.UnicodeScalarView {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x300...0x36F: break
      case 0xC0...0x24F, 0x1E00...0x1EFF:
        let parts = String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars
        result.append(parts.first ?? scalar)
      default: result.append(scalar)
      }
    }
    return result
  }
}
