/// A token that is looked for in the text itself, before words are.
struct AddedToken: Hashable, Sendable {
  var content: String
  /// Whether it counts only between characters that are no word characters.
  var isSingleWord: Bool
  /// Whether it takes the white space before it along.
  var stripsLeft: Bool
  /// Whether it takes the white space behind it along.
  var stripsRight: Bool
  /// Whether it is looked for in the normalized text, itself normalized.
  var isNormalized: Bool
  /// Whether the file calls it special; special tokens come first where two share a pattern.
  var isSpecial: Bool
}

/// Finds added tokens: the leftmost first, and of those that start together the longest.
struct AddedTokens: Sendable {
  /// A token found, and the text that it takes.
  struct Match {
    var range: Range<Int>
    var id: Int32
  }

  private struct Pattern {
    var bytes: [UInt8]
    var id: Int32
    var token: AddedToken
  }

  /// Patterns by their first byte, the longest first.
  private var patterns: [UInt8: [Pattern]] = [:]
  /// Whether a pattern starts with the byte.
  private var isLead = [Bool](repeating: false, count: 256)

  var isEmpty: Bool { patterns.isEmpty }

  /// Adds a token that is found where `pattern`, which is not empty, stands.
  mutating func insert(_ pattern: [UInt8], id: Int32, token: AddedToken) {
    guard let lead = pattern.first else { return }
    isLead[Int(lead)] = true
    var others = patterns[lead, default: []]
    let index = others.firstIndex { $0.bytes.count < pattern.count } ?? others.count
    others.insert(Pattern(bytes: pattern, id: id, token: token), at: index)
    patterns[lead] = others
  }

  /// The first token that starts in `position..<end`, or nil.
  ///
  /// - Parameters:
  ///   - position: Moves behind the token found, or to `end` or beyond.
  ///   - taken: Where the text starts that no earlier token has taken.
  func next(
    in text: Span<UInt8>, at position: inout Int, before end: Int, taken: Int
  ) -> Match? {
    while position < end {
      guard isLead[Int(text[position])], let pattern = pattern(in: text, at: position) else {
        position += 1
        continue
      }
      let start = position
      position += pattern.bytes.count
      if pattern.token.isSingleWord, touchesWord(text, start..<position) { continue }
      let range = widen(start..<position, in: text, for: pattern.token, taken: taken)
      return Match(range: range, id: pattern.id)
    }
    return nil
  }

  private func pattern(in text: Span<UInt8>, at start: Int) -> Pattern? {
    patterns[text[start]]?.first { pattern in
      guard text.count - start >= pattern.bytes.count else { return false }
      return pattern.bytes.indices.allSatisfy { text[start + $0] == pattern.bytes[$0] }
    }
  }

  private func touchesWord(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if range.lowerBound > 0 {
      let before = UTF8Scalars.last(in: text, before: range.lowerBound)
      if UnicodeTables.shared.traits(of: before).contains(.word) { return true }
    }
    guard range.upperBound < text.count else { return false }
    var position = range.upperBound
    let after = UTF8Scalars.next(in: text, at: &position)
    return UnicodeTables.shared.traits(of: after).contains(.word)
  }

  private func widen(
    _ range: Range<Int>, in text: Span<UInt8>, for token: AddedToken, taken: Int
  ) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while token.stripsLeft, start > taken {
      let scalar = UTF8Scalars.last(in: text, before: start)
      guard UnicodeTables.shared.traits(of: scalar).contains(.space) else { break }
      start -= UTF8.width(Unicode.Scalar(scalar) ?? "\u{FFFD}")
    }
    while token.stripsRight, end < text.count {
      var position = end
      let scalar = UTF8Scalars.next(in: text, at: &position)
      guard UnicodeTables.shared.traits(of: scalar).contains(.space) else { break }
      end = position
    }
    return start..<end
  }
}
