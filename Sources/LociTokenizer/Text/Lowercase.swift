import LociCore

/// Lower case of a whole text, as Python's `str.lower` has it.
enum Lowercase {
  /// Each character's full mapping; a capital sigma at a word's end becomes a final one.
  /// Complexity: O(n).
  static func text(_ text: String) -> String {
    let bytes = text.withUTF8Span(mapping.normalize)
    let lower = String(decoding: bytes, as: UTF8.self)
    guard text.unicodeScalars.contains(capitalSigma) else { return lower }
    return withFinalSigmas(lower, of: text)
  }

  private static let mapping = [
    Normalizer(cleansText: false, partsChinese: false, stripsAccents: false, lowercases: true)
  ]
  private static let capitalSigma: Unicode.Scalar = "\u{3A3}"
  private static let (sigma, finalSigma): (Unicode.Scalar, Unicode.Scalar) = ("\u{3C3}", "\u{3C2}")

  /// Unicode, section 3.13, "Final_Sigma": a cased letter stands before it and none behind it,
  /// whatever is case-ignorable between them.
  ///
  /// Small sigmas of `lower` come from those of the text, capital or small, one for one.
  private static func withFinalSigmas(_ lower: String, of text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var isFinal = scalars.indices.filter { [capitalSigma, sigma].contains(scalars[$0]) }.map {
      scalars[$0] == capitalSigma && isCased(scalars[..<$0].reversed())
        && !isCased(scalars[($0 + 1)...])
    }[...]
    var result = String.UnicodeScalarView()
    for scalar in lower.unicodeScalars {
      result.append(scalar == sigma && isFinal.popFirst() == true ? finalSigma : scalar)
    }
    return String(result)
  }

  /// Whether the first of the characters that is not case-ignorable is cased.
  private static func isCased(_ scalars: some Sequence<Unicode.Scalar>) -> Bool {
    scalars.first { !$0.properties.isCaseIgnorable }?.properties.isCased == true
  }
}
