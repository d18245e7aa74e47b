/// Cuts text so that a store finds words in any script.
///
/// Scripts that put no spaces between words (Han, Kana, Hangul, Thai, Lao, Khmer, Burmese) would
/// become one token a sentence. Each of their characters becomes a token of its own; a query looks
/// for runs of them as phrases. Letters are folded first; see ``LetterFolding``.
package enum Segmenter {
  /// Changes whenever the same text would be cut in another way; a file with another version is
  /// indexed anew.
  package static let version: Int64 = 3

  /// Longer words are cut, in texts and in queries, so that they are found, too.
  static let maximumWordScalars = 256

  /// A script without spaces, and how many of its characters make a telling phrase.
  enum Script {
    case spaced
    /// Han, Kana and Hangul: two characters are a word.
    case ideographic
    /// Thai, Lao, Khmer, Burmese: letters, so that three are needed.
    case alphabetic

    init(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0x3041...0x30FF, 0x3105...0x312F, 0x31A0...0x31BF, 0x31F0...0x31FF,  // Kana, Bopomofo
        0x3005...0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,  // Han
        0x1100...0x11FF, 0xAC00...0xD7FB, 0x20000...0x3FFFF:  // Hangul; Han's later planes
        self = .ideographic
      case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF:
        self = .alphabetic
      default:
        self = .spaced
      }
    }

    /// The number of characters of a phrase.
    var phraseLength: Int { self == .ideographic ? 2 : 3 }
  }

  /// The words of a text as they go into the index: folded, in lower case, without English endings;
  /// every character of a script without spaces; after them the spellings of joined words.
  /// Complexity: O(n).
  package static func words(of text: String) -> [String] {
    IndexedText.text(of: text).utf8.split { $0 == UInt8(ascii: " ") }.map { Stemmer.stem($0) }
  }

  /// Whether a character is part of words: letters, numbers, marks and private use, as in the
  /// tokenizer's categories.
  package static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return (48...57).contains(scalar.value) || (65...90).contains(scalar.value)
        || (97...122).contains(scalar.value)
    }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .privateUse, .nonspacingMark, .spacingMark:
      true
    default: false
    }
  }

  /// Whether a character belongs to the one before it.
  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark: true
    default: false
    }
  }
}
