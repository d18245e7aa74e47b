/// How a piece of text looks on a terminal.
///
/// A styled text carries marks, and only ``Console`` makes escape sequences of them, at the last
/// step: so it need let none through. The marks are noncharacters, which Unicode keeps for a
/// program's own use.
enum Style: UInt32, CaseIterable {
  /// The end of a styled text.
  case plain = 0xFDD0
  /// In bold.
  case bold
  /// Fainter than the rest.
  case faint
  /// As it should be: green.
  case good
  /// Something is left to do: yellow.
  case warning
  /// Does not work: red.
  case bad

  /// Whether a scalar is the mark of a style.
  static func isMark(_ scalar: Unicode.Scalar) -> Bool { Style(rawValue: scalar.value) != nil }

  /// The text between marks; what it holds itself is made visible.
  func mark(_ text: some StringProtocol) -> String {
    var scalars = Printable.name(text).unicodeScalars
    if let start = Unicode.Scalar(rawValue) { scalars.insert(start, at: scalars.startIndex) }
    if let end = Unicode.Scalar(Self.plain.rawValue) { scalars.append(end) }
    return String(scalars)
  }

  /// The escape sequence of a mark; nil for any other scalar.
  static func sequence(of mark: Unicode.Scalar) -> String? {
    Style(rawValue: mark.value).map { "\u{1B}[\($0.parameter)m" }
  }

  // ECMA-48, Select Graphic Rendition.
  private var parameter: Int {
    switch self {
    case .plain: 0
    case .bold: 1
    case .faint: 2
    case .good: 32
    case .warning: 33
    case .bad: 31
    }
  }
}
