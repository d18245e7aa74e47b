/// Text that is safe to show: what it holds can't steer the terminal.
package enum Printable {
  /// A text on one line: control characters and line breaks become spaces, runs of white space one.
  package static func line(_ text: some StringProtocol) -> String {
    text.split { $0.isWhitespace || $0.unicodeScalars.contains(where: isControl) }
      .joined(separator: " ")
  }

  /// A text with its line breaks and tabs; other control characters become spaces.
  package static func text(_ text: some StringProtocol) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append(isControl(scalar) && scalar != "\n" && scalar != "\t" ? " " : scalar)
    }
    return String(result)
  }

  // Cc and Cf: escape sequences, and marks that turn the direction of what follows.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control: true
    case .format:
      ("\u{202A}"..."\u{202E}").contains(scalar)
        || ("\u{2066}"..."\u{2069}").contains(scalar)
    default: false
    }
  }
}

/// Breaks text into lines of a terminal's width.
package enum Wrap {
  /// The lines of a text, broken at spaces; a word that is longer than a line is broken inside.
  ///
  /// - Parameters:
  ///   - width: Columns a line; at least 2.
  ///   - limit: The most lines; where there are more, the last one ends in `…`.
  package static func lines(
    of text: some StringProtocol, width: Int, limit: Int = .max
  ) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in Printable.line(text).split(separator: " ") {
      if lines.count > limit { break }
      let size = columns(of: word)
      if used > 0, used + 1 + size <= width {
        line += " " + word
        used += 1 + size
        continue
      }
      if used > 0 { lines.append(line) }
      (line, used) = ("", 0)
      for character in word {
        let size = columns(of: character)
        if used + size > width {
          lines.append(line)
          (line, used) = ("", 0)
        }
        line.append(character)
        used += size
      }
    }
    if used > 0 { lines.append(line) }
    return lines.count > limit ? shortened(lines, to: limit, width: width) : lines
  }

  /// The lines of a text that keeps its own line breaks; blank lines are left out.
  package static func block(
    of text: some StringProtocol, width: Int, limit: Int = .max
  ) -> [String] {
    var lines: [String] = []
    for line in text.split(whereSeparator: \.isNewline) where lines.count <= limit {
      lines += Self.lines(of: line, width: width)
    }
    return lines.count > limit ? shortened(lines, to: limit, width: width) : lines
  }

  private static func shortened(_ lines: [String], to limit: Int, width: Int) -> [String] {
    var kept = Array(lines.prefix(limit))
    guard var last = kept.popLast() else { return [] }
    while columns(of: last) >= width { last.removeLast() }
    return kept + [last + "…"]
  }

  /// The columns that a text takes.
  package static func columns(of text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + columns(of: $1) }
  }

  // East Asian wide and emoji blocks, roughly as in Unicode's EastAsianWidth.txt (W and F).
  private static func columns(of character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
      0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
