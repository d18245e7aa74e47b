import Foundation

/// The one way in which letters that readers take for the same become the same, in every index of
/// words and in every query.
///
/// A letter loses what stands above, below or through it, whether Unicode takes that apart (é, ệ)
/// or not (ł, đ, ø, ı), and ligatures and double letters are written out (ß, æ, ﬁ). German umlauts
/// become their vowel: `Müller` is found by `Muller`, and not by `Mueller`. Where a mark makes
/// another letter, it stays: й is not и.
enum LetterFolding {
  /// The text in NFKC and lower case, so that full-width letters and decomposed Hangul are found.
  /// Complexity: O(n).
  static func composed(_ text: String) -> String {
    let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    return (isASCII ? text : text.precomposedStringWithCompatibilityMapping).lowercased()
  }

  /// Whether nobody sees a character: a soft hyphen, a variation selector.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0xFE00...0xFE0F, 0xE0100...0xE01EF: true
    default: false
    }
  }

  /// Gives what a character of ``composed(_:)`` is compared as: mostly one character, or none.
  static func fold(_ scalar: Unicode.Scalar, _ body: (Unicode.Scalar) -> Void) {
    switch scalar.value {
    case ..<0x80: body(scalar)
    // Marks by themselves; Hebrew points, Arabic vowel marks and elongation; ʻ and ʾ, as in
    // Hawaiʻi.
    case 0x300...0x36F, 0x591...0x5C7, 0x640, 0x64B...0x65F, 0x670, 0x2B9...0x2BF: break
    case 0x80..<0x500, 0x1E00..<0x2000:
      guard !isInvisible(scalar) else { return }
      let base = bases[Int(scalar.value), default: scalar]
      if let plain = plain(base) { plain.unicodeScalars.forEach(body) } else { body(base) }
    default: if !isInvisible(scalar) { body(scalar) }
    }
  }

  /// Latin and Greek letters that Unicode takes apart, without their marks.
  private static let bases: [Int: Unicode.Scalar] = [0xC0...0x24F, 0x370...0x3FF, 0x1E00...0x1FFF]
    .joined().reduce(into: [:]) { bases, value in
      guard let scalar = Unicode.Scalar(UInt32(value)),
        let base = String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars.first,
        base != scalar
      else { return }
      bases[value] = base
    }

  /// What stands for a letter that Unicode does not take apart.
  private static func plain(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "ß": "ss"
    case "æ": "ae"
    case "œ": "oe"
    case "þ": "th"
    case "ł", "ƚ", "ɫ": "l"
    case "đ", "ð", "ɖ", "ɗ": "d"
    case "ø", "ɵ": "o"
    case "ħ": "h"
    case "ı", "ɨ": "i"
    case "ȷ", "ɉ": "j"
    case "ŋ", "ɲ", "ƞ": "n"
    case "ŧ", "ƭ", "ʈ": "t"
    case "ƀ", "ɓ": "b"
    case "ȼ", "ƈ": "c"
    case "ɇ": "e"
    case "ƒ": "f"
    case "ǥ", "ɠ": "g"
    case "ƙ", "ĸ": "k"
    case "ƥ": "p"
    case "ɍ", "ɽ": "r"
    case "ʉ": "u"
    case "ʋ": "v"
    case "ɏ", "ƴ": "y"
    case "ƶ", "ȥ": "z"
    case "ς": "σ"
    // Russian ё is written е by most; ѐ and ѝ only bear a stress.
    case "ё", "ѐ": "е"
    case "ѝ": "и"
    default: nil
    }
  }
}
