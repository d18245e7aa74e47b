extension Unicode.Scalar {
  /// Whether a scalar steers a terminal or misleads a reader: controls, separators of lines, marks
  /// that turn the direction of what follows, tags, and whatever else has no look of its own.
  ///
  /// What scripts and emoji need is not meant: joiners, variation selectors, and signs that stand
  /// before a number.
  package var isUnseen: Bool {
    if value < 0x7F { return value < 0x20 }
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return true
    case .format: return !isNeeded
    default:
      return isStyleMark
        || properties.isDefaultIgnorableCodePoint && !isNeeded
    }
  }

  private var isNeeded: Bool {
    switch value {
    // Joiners, and the selectors of emoji and of Mongolian letters.
    case 0x200C, 0x200D, 0x034F, 0xFE00...0xFE0F, 0x180B...0x180D, 0x180F: true
    // Prepended_Concatenation_Mark, and the controls that stack hieroglyphs.
    case 0x0600...0x0605, 0x06DD, 0x070F, 0x0890...0x0891, 0x08E2, 0x110BD, 0x110CD: true
    case 0x13430...0x1343F: true
    default: false
    }
  }

  // Six noncharacters, which Unicode keeps for a program's own use: the command marks styles by
  // them, so a text must not bring its own.
  private var isStyleMark: Bool { (0xFDD0...0xFDD5).contains(value) }
}
