package import LociCore

/// Cuts a text that is longer than a model reads, so that its end is found by meaning, too.
///
/// A record's first vector is that of its beginning, as the model reads it. What comes after that
/// is cut into windows that overlap by a tenth; each has a vector of its own, with the text's
/// headings.
package struct TextParts {
  /// The most vectors of one text; what comes after them is found by words alone.
  package static let maximumCount = 32
  /// The special tokens around a text.
  private static let specialTokens = 2
  /// How much of what the model reads a window takes: the rest is for what has more tokens a byte
  /// than the text's mean.
  private static let fill = 0.9
  private static let overlap = 0.1
  /// By how many bytes of its beginning a text's bytes a token are known.
  private static let sampleSize = 1 << 16

  /// The texts of parts 1, 2, …; empty where the model reads all of it.
  package let rest: [String]
  /// Whether the text goes on behind the last part.
  package let isCut: Bool

  /// Cuts a record's text for an embedder. Complexity: O(n), and O(1) for a short text.
  package init(of record: Record, for embedder: any Embedder) throws {
    let space = embedder.space
    let passage = record.passage
    // No tokenizer makes two tokens of one byte.
    guard passage.utf8.count > space.maximumTokens - Self.specialTokens else {
      (rest, isCut) = ([], false)
      return
    }
    let prefix =
      space.passagePrefix.isEmpty ? 0 : try embedder.tokenCount(of: space.passagePrefix)
    let limit = max(8, space.maximumTokens - Self.specialTokens - prefix)
    let sample = Self.beginning(of: passage)
    let tokens = try embedder.tokenCount(of: sample)
    guard tokens > limit else {
      (rest, isCut) = ([], false)
      return
    }
    let bytesPerToken = Double(sample.utf8.count) / Double(tokens)
    let heading = Double(passage.utf8.count - record.text.utf8.count)
    let room = max(bytesPerToken * Double(limit) - heading, bytesPerToken * Double(limit) / 2)
    let window = max(8, Int(Self.fill * room))
    let step = max(1, Int(Double(window) * (1 - Self.overlap)))
    let windows = Self.windows(of: record.text, size: window, step: step)
    rest = windows.prefix(Self.maximumCount).dropFirst()
      .map { Record.passage(of: $0, from: record.source) }
    isCut = windows.count > Self.maximumCount
  }

  private static func beginning(of text: String) -> String {
    guard text.utf8.count > sampleSize else { return text }
    let end = text.utf8.index(text.startIndex, offsetBy: sampleSize)
    return String(text[..<boundary(in: text, before: end, after: text.startIndex)])
  }

  /// Stretches of so many bytes that begin and end between words, where there are spaces; the last
  /// one ends with the text. At most one more than ``maximumCount``.
  private static func windows(of text: String, size: Int, step: Int) -> [String] {
    let utf8 = text.utf8
    var windows: [String] = []
    var start = text.startIndex
    while windows.count <= maximumCount {
      let end = utf8.index(start, offsetBy: size, limitedBy: text.endIndex) ?? text.endIndex
      windows.append(String(text[start..<boundary(in: text, before: end, after: start)]))
      guard end < text.endIndex else { break }
      let next = utf8.index(start, offsetBy: step, limitedBy: text.endIndex) ?? text.endIndex
      start = boundary(in: text, before: next, after: start)
    }
    return windows
  }

  /// The last place between words in the tenth before an index, or else between characters.
  private static func boundary(
    in text: String, before index: String.Index, after start: String.Index
  ) -> String.Index {
    guard index < text.endIndex else { return index }
    let scalars = text.unicodeScalars
    let length = text.utf8.distance(from: start, to: index)
    let earliest = text.utf8.index(start, offsetBy: max(1, length - length / 10))
    var place = index
    while place > earliest {
      let before = scalars.index(before: place)
      if scalars[before].properties.isWhitespace { return place }
      place = before
    }
    return String.Index(index, within: scalars) ?? scalars.index(after: earliest)
  }
}
