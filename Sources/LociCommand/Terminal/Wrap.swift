/// Breaks text into lines of a terminal's width.
package enum Wrap {
  /// The lines of a text, broken at spaces; a word that is longer than a line is broken inside.
  ///
  /// - Parameters:
  ///   - width: Columns a line; at least 2.
  ///   - limit: The most lines; where there are more, the last one ends in `…`.
  ///   - start: The columns of the first line that are taken already.
  ///   - breaksWords: False where a long word, such as a path, is left whole.
  package static func lines(
    of text: some StringProtocol, width: Int, limit: Int = .max, startingAt start: Int = 0,
    breaksWords: Bool = true
  ) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = max(0, start)
    for word in Printable.line(text).split(separator: " ") {
      if lines.count > limit { break }
      let size = columns(of: word)
      if used > 0, used + (line.isEmpty ? 0 : 1) + size <= width {
        used += (line.isEmpty ? 0 : 1) + size
        line += (line.isEmpty ? "" : " ") + word
        continue
      }
      if used > 0 { lines.append(line) }
      (line, used) = ("", 0)
      if breaksWords, size > width {
        let pieces = broken(word, width: width)
        lines += pieces.dropLast()
        line = pieces.last ?? ""
      } else {
        line = String(word)
      }
      used = columns(of: line)
    }
    if used > 0 { lines.append(line) }
    return lines.count > limit ? shortened(lines, to: limit, width: width) : lines
  }

  /// A text in lines of at most this many columns, broken anywhere; every character is kept.
  static func broken(_ text: some StringProtocol, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for character in text {
      let size = columns(of: character)
      if used > 0, used + size > width {
        lines.append(line)
        (line, used) = ("", 0)
      }
      line.append(character)
      used += size
    }
    return lines + [line]
  }

  /// The lines of a text as ``Reflow`` sees them: paragraphs are filled, lists, code, tables and
  /// headings keep their lines, blank lines are left out.
  ///
  /// - Parameter keepsLines: True for a text whose every line counts, such as source code.
  package static func block(
    of text: some StringProtocol, width: Int, limit: Int = .max, keepsLines: Bool = false
  ) -> [String] {
    var reflow = Reflow(keepsLines: keepsLines)
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      reflow.add(line)
      if reflow.blocks.count > limit { break }
    }
    var lines: [String] = []
    for block in reflow.blocks where lines.count <= limit {
      let indent = String(repeating: " ", count: min(block.indent, max(0, (width - 2) / 2)))
      let room = width - indent.count
      lines +=
        (block.isVerbatim
        ? broken(Printable.text(block.text), width: room) : Self.lines(of: block.text, width: room))
        .map { indent + $0 }
    }
    return lines.count > limit ? shortened(lines, to: limit, width: width) : lines
  }

  /// A text with all its lines, blank ones too; only those that are too wide are broken, at spaces.
  package static func whole(_ text: String, width: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let indent = line.prefix { $0 == " " }
      let isStyled = line.unicodeScalars.contains(where: Style.isMark)
      guard columns(of: line) > width, indent.count <= width / 2, !isStyled else {
        return String(line)
      }
      return lines(of: line, width: width - indent.count, breaksWords: false)
        .map { indent + $0 }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private static func shortened(_ lines: [String], to limit: Int, width: Int) -> [String] {
    var kept = Array(lines.prefix(limit))
    guard var last = kept.popLast() else { return [] }
    while !last.isEmpty, columns(of: last) >= width { last.removeLast() }
    return kept + [last + "…"]
  }

  /// The columns that a text takes.
  package static func columns(of text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + columns(of: $1) }
  }

  /// Whether a character takes two columns.
  static func isWide(_ character: Character) -> Bool { columns(of: character) == 2 }

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
