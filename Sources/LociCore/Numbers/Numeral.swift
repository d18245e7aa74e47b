/// Numbers as somebody types them. What would be printed another way, or is easily meant to be
/// something else, is no number: a postcode such as `02134`, a version, `0x10`, `1_000`.
package enum Numeral {
  /// A whole number in the digits that it is printed with; nil for `+5`, `007`, `1e3`, `5.0`.
  package static func integer(_ text: String) -> Int? {
    Int(text).flatMap { String($0) == text ? $0 : nil }
  }

  /// A finite number in decimal digits: `0.5`, `.5`, `-2`, `1e-3`; nil for `0x10`, `+5`, `5.`,
  /// `05`, `NaN`.
  package static func number(_ text: String) -> Double? {
    let form = #/-?(?:0|[1-9][0-9]*|(?=\.))(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]+)?/#
    guard text.wholeMatch(of: form) != nil else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }

  /// A number of ``number(_:)`` that keeps the value that is typed; nil where a `Double` would have
  /// to round it, as 9007199254740993.
  ///
  /// Fifteen significant digits always survive.
  package static func exactNumber(_ text: String) -> Double? {
    let digits = text.prefix { $0 != "e" && $0 != "E" }.filter(\.isNumber).drop { $0 == "0" }
    return digits.count <= 15 ? number(text) : nil
  }
}
