import LociJSON

/// Text that is safe to show: what it holds can't steer the terminal nor mislead its reader.
///
/// What is never shown as it is stands in one place, `Unicode.Scalar.isUnseen`. `JSON` escapes it,
/// and ``Console`` lets none of it through.
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
      if !scalar.isUnseen || kept.unicodeScalars.contains(scalar) {
        result.append(scalar)
      } else {
        result += replacement(scalar).unicodeScalars
      }
    }
    return String(result)
  }
}
