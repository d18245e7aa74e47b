/// BERT's pre-tokenizer: words are parted by white space, and each punctuation mark is a word.
struct PreTokenizer {
  private enum Kind {
    case letter, space, punctuation
  }

  /// Where the next word is looked for.
  private var position = 0

  /// The next word's bytes, or nil at the end. Every call must be given the same text.
  mutating func next(in text: Span<UInt8>) -> Range<Int>? {
    while position < text.count {
      let start = position
      switch kind(in: text) {
      case .space: continue
      case .punctuation: return start..<position
      case .letter:
        skipLetters(in: text)
        return start..<position
      }
    }
    return nil
  }

  private mutating func skipLetters(in text: Span<UInt8>) {
    while position < text.count {
      let start = position
      guard kind(in: text) == .letter else {
        position = start
        return
      }
    }
  }

  /// The kind of the character at `position`, which moves behind it.
  private mutating func kind(in text: Span<UInt8>) -> Kind {
    let byte = text[position]
    if byte < 0x80 {
      position += 1
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        return .letter
      case 0x09...0x0D, 0x20: return .space
      case 0x21..<0x7F: return .punctuation
      default: return .letter
      }
    }
    let traits = UnicodeTables.shared.traits(of: UTF8Scalars.next(in: text, at: &position))
    if traits.contains(.space) { return .space }
    return traits.contains(.punctuation) ? .punctuation : .letter
  }
}
