/// Joins the lines of a text that were only broken to fit, so that they can be broken anew.
///
/// Markdown's way: a paragraph goes on until a blank line, a heading, a list's item, a quote, a
/// table or code. What is none of it keeps its line.
struct Reflow {
  /// A paragraph, or a line that stands alone.
  struct Block: Hashable {
    /// The text, without the space before it.
    var text: String
    /// The columns of space before it.
    let indent: Int
    /// Whether the spaces inside count, as in code.
    let isVerbatim: Bool
  }

  /// What was found so far.
  private(set) var blocks: [Block] = []
  private let keepsLines: Bool
  // The mark that ends the code that is open, such as three backticks.
  private var fence: Substring?
  private var isOpen = false

  init(keepsLines: Bool = false) { self.keepsLines = keepsLines }

  /// Takes the next line.
  mutating func add(_ line: some StringProtocol) {
    let line = String(line).replacing("\t", with: "    ")
    let indent = line.prefix { $0 == " " }.count
    let body = line.dropFirst(indent)
    guard body.contains(where: { !$0.isWhitespace }) else { return isOpen = false }
    if let fence {
      if body.hasPrefix(fence), body.allSatisfy({ $0.isWhitespace || fence.contains($0) }) {
        self.fence = nil
      }
      return keep(body, indent, isVerbatim: true)
    }
    if let mark = Self.fence(opening: body) {
      fence = mark
      keep(body, indent, isVerbatim: true)
    } else if keepsLines || (!isOpen && indent >= 4) || Self.isTable(body) {
      keep(body, indent, isVerbatim: true)
    } else if Self.standsAlone(body) {
      keep(body, indent)
    } else if isOpen, !Self.isItem(body), let last = blocks.indices.last {
      blocks[last].text += Self.joint(blocks[last].text.last, body.first) + Self.trimmed(body)
      isOpen = !Self.endsHard(body)
    } else {
      keep(body, indent)
      isOpen = !Self.endsHard(body)
    }
  }

  private mutating func keep(_ body: Substring, _ indent: Int, isVerbatim: Bool = false) {
    blocks.append(Block(text: Self.trimmed(body), indent: indent, isVerbatim: isVerbatim))
    isOpen = false
  }

  // MARK: - What a line is

  private static func fence(opening body: Substring) -> Substring? {
    let item = body.prefixMatch(of: #/(?:[-*+]|[0-9]{1,9}[.)])\s+/#)
    let content = item.map { body[$0.range.upperBound...] } ?? body
    return content.prefixMatch(of: #/`{3,}(?=[^`]*$)|~{3,}/#)?.output
  }

  // A heading or its underline, a rule, a quote, or HTML.
  private static func standsAlone(_ body: Substring) -> Bool {
    body.prefixMatch(of: #/#{1,6}(?:\s|$)|>|<[!\/A-Za-z]/#) != nil
      || body.wholeMatch(of: #/(?:=+|-{2,}|(?:[-*_]\s*){3,})\s*/#) != nil
  }

  private static func isTable(_ body: Substring) -> Bool {
    body.hasPrefix("|") || body.contains(" | ")
      || body.contains("|") && body.allSatisfy { $0.isWhitespace || "-:|".contains($0) }
  }

  private static func isItem(_ body: Substring) -> Bool {
    body.prefixMatch(of: #/(?:[-*+•]|[0-9]{1,9}[.)])(?:\s|$)/#) != nil
  }

  // Two spaces or a backslash at the end keep the break.
  private static func endsHard(_ body: Substring) -> Bool {
    body.hasSuffix("  ") || body.hasSuffix("\\")
  }

  // Scripts that are written without spaces are joined without one.
  private static func joint(_ left: Character?, _ right: Character?) -> String {
    func isIdeograph(_ character: Character?) -> Bool {
      character.map { Wrap.isWide($0) && !("가"..."힣").contains($0) } ?? false
    }
    return isIdeograph(left) && isIdeograph(right) ? "" : " "
  }

  private static func trimmed(_ body: Substring) -> String {
    String(body.reversed().drop(while: \.isWhitespace).reversed())
  }
}
