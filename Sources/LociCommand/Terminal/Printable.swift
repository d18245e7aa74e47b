/// Text that is safe to show: what it holds can't steer the terminal nor mislead its reader.
///
/// ``isUnseen(_:)`` is the one place that decides what is never shown as it is. ``JSON`` escapes
/// it, and ``Console`` lets none of it through.
package enum Printable {
  /// A text on one line: line breaks and what steers become spaces, runs of white space one, and
  /// what has no look is left out.
  package static func line(_ text: some StringProtocol) -> String {
    self.text(text).split { $0.isWhitespace }.joined(separator: " ")
  }

  /// A text with its line breaks and tabs; what steers becomes a space, and what has no look is
  /// left out.
  package static func text(_ text: some StringProtocol) -> String {
    replacingUnseen(in: text) { hasNoLook($0) ? "" : " " }
  }

  /// A name on one line; what is unseen stands there as `<U+202E>`, so that no two names look the
  /// same by it.
  package static func name(_ text: some StringProtocol) -> String {
    replacingUnseen(in: text, keeping: "", with: visible)
  }

  /// A message on one line: white space as in ``line(_:)``, what is unseen as in ``name(_:)``.
  package static func message(_ text: some StringProtocol) -> String {
    name(text.split { $0.isWhitespace }.joined(separator: " "))
  }

  /// What is about to be printed; it may be styled, if `isStyled`.
  static func rendered(_ text: String, isStyled: Bool = false) -> String {
    replacingUnseen(in: text) { scalar in
      isStyled ? Style.sequence(of: scalar) ?? visible(scalar) : visible(scalar)
    }
  }

  /// Whether a scalar steers a terminal or misleads a reader: controls, separators of lines, marks
  /// that turn the direction of what follows, tags, and whatever else has no look of its own.
  ///
  /// What scripts and emoji need is not meant: joiners, variation selectors, and signs that stand
  /// before a number.
  package static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value < 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return true
    case .format: return !isNeeded(scalar)
    default:
      return Style.isMark(scalar)
        || scalar.properties.isDefaultIgnorableCodePoint && !isNeeded(scalar)
    }
  }

  private static func isNeeded(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // Joiners, and the selectors of emoji and of Mongolian letters.
    case 0x200C, 0x200D, 0x034F, 0xFE00...0xFE0F, 0x180B...0x180D, 0x180F: true
    // Prepended_Concatenation_Mark, and the controls that stack hieroglyphs.
    case 0x0600...0x0605, 0x06DD, 0x070F, 0x0890...0x0891, 0x08E2, 0x110BD, 0x110CD: true
    case 0x13430...0x1343F: true
    default: false
    }
  }

  /// Of what is unseen, what neither turns nor parts the text around it: soft hyphens, tags.
  private static func hasNoLook(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x206F: false
    default: scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  private static func visible(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
  }

  private static func replacingUnseen(
    in text: some StringProtocol, keeping kept: String = "\n\t",
    with replacement: (Unicode.Scalar) -> String
  ) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 > 0x7E }) else { return String(text) }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if !isUnseen(scalar) || kept.unicodeScalars.contains(scalar) {
        result.append(scalar)
      } else {
        result += replacement(scalar).unicodeScalars
      }
    }
    return String(result)
  }
}
