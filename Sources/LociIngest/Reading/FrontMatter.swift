import LociCore

/// What a Markdown document says of itself before its text: YAML between `---` and `---` or `...`,
/// or TOML between `+++` and `+++`.
///
/// Its plain values become metadata: a text, a number or a boolean of one line, and a list of such.
/// What is nested is passed over.
struct FrontMatter {
  /// Where the line after it begins.
  let end: Int
  /// How many lines it has, with its marks.
  let lineCount: Int
  /// Its values by key.
  let metadata: Metadata
  /// The document's title, where it gives one.
  let title: String?

  /// The most keys that are taken, and the most characters of a key and of a value.
  private static let limits = (keys: 64, key: 64, value: 1000, items: 64)

  /// Reads the front matter of a document; nil where it has none. A rule as first line is none.
  init?(of text: DocumentText) {
    guard let first = TextLine(in: text, at: 0) else { return nil }
    let mark = text.string(text.trimmed(first.start..<first.end, start: false))
    guard mark == "---" || mark == "+++" else { return nil }
    let isYAML = mark == "---"
    var lines: [String] = []
    var place = first.next
    while true {
      guard let line = TextLine(in: text, at: place) else { return nil }
      let content = text.string(text.trimmed(line.start..<line.end, start: false))
      place = line.next
      if content == mark || isYAML && content == "..." { break }
      // The line after a rule is blank or no key; a heading is a comment in YAML only by chance.
      if isYAML, !Self.canStandInYAML(content, isFirst: lines.isEmpty) { return nil }
      lines.append(content)
    }
    guard !isYAML || !lines.isEmpty else { return nil }
    end = place
    lineCount = lines.count + 2
    let fields = Self.fields(of: lines, separator: isYAML ? ":" : "=")
    metadata = fields
    if case .string(let value)? = fields["title"] { title = value } else { title = nil }
  }

  private static func canStandInYAML(_ line: String, isFirst: Bool) -> Bool {
    guard let start = line.unicodeScalars.first else { return !isFirst }
    if isFirst { return key(of: line, separator: ":") != nil }
    if start == " " || start == "\t" || "]}".unicodeScalars.contains(start) { return true }
    if start == "#" { return !line.hasPrefix("##") }
    return line.hasPrefix("- ") || line == "-" || key(of: line, separator: ":") != nil
  }

  /// The key that a line of the outermost level gives a value to, and the rest of the line.
  private static func key(of line: String, separator: Character) -> (name: String, rest: Substring)?
  {
    guard let first = line.first, first.isLetter || first.isNumber || "_\"'".contains(first),
      let place = line.firstIndex(of: separator)
    else { return nil }
    let rest = line[line.index(after: place)...]
    guard separator != ":" || rest.isEmpty || rest.first == " " || rest.first == "\t" else {
      return nil
    }
    let name = line[..<place].trimmed.unquoted
    return name.isEmpty || name.count > limits.key ? nil : (name, rest)
  }

  private static func fields(of lines: [String], separator: Character) -> Metadata {
    var fields: Metadata = [:]
    var list: (name: String, items: [MetadataValue])?
    func endList() {
      if let list, !list.items.isEmpty, fields.count < limits.keys {
        fields[list.name] = .list(Array(list.items.prefix(limits.items)))
      }
      list = nil
    }
    for line in lines {
      let content = line[...].trimmed
      if content.isEmpty || content.hasPrefix("#") { continue }
      // In TOML, what follows a table's name is nested.
      if separator == "=", content.hasPrefix("[") { break }
      if content.hasPrefix("- "), list != nil {
        if let item = value(content.dropFirst(2)) { list?.items.append(item) }
      } else if let (name, rest) = key(of: line, separator: separator) {
        endList()
        let rest = rest.trimmed
        if rest.isEmpty {
          list = (name, [])
        } else if rest.hasPrefix("["), rest.hasSuffix("]") {
          list = (name, rest.dropFirst().dropLast().split(separator: ",").compactMap(value))
          endList()
        } else if !"|>{[&*!".contains(rest.first ?? " "), fields.count < limits.keys {
          fields[name] = value(rest)
        }
      } else if !(content.hasPrefix("- ")) {
        // A nested key: what comes below it is no list of the one above.
        list = nil
      }
    }
    endList()
    return fields
  }

  /// A value as it is meant: without its quotes, or the comment after it; nil for none.
  private static func value(_ text: Substring) -> MetadataValue? {
    let text = text.trimmed
    if let quote = text.first, quote == "\"" || quote == "'",
      let end = text.dropFirst().firstIndex(of: quote)
    {
      let inside = text[text.index(after: text.startIndex)..<end]
      return inside.isEmpty ? nil : .string(String(inside.prefix(limits.value)))
    }
    let plain = (text.firstRange(of: " #").map { text[..<$0.lowerBound] } ?? text).trimmed
    guard !plain.isEmpty, plain != "null", plain != "~" else { return nil }
    return MetadataValue(written: String(plain.prefix(limits.value)))
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let start = drop(while: \.isWhitespace)
    return start.lastIndex(where: { !$0.isWhitespace }).map { start[...$0] } ?? ""
  }

  fileprivate var unquoted: String {
    guard count > 1, let quote = first, quote == last, quote == "\"" || quote == "'" else {
      return String(self)
    }
    return String(dropFirst().dropLast())
  }
}
