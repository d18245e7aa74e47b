extension JSON {
  /// On one line.
  package var line: String {
    var text = ""
    write(into: &text, indent: nil)
    return text
  }

  /// On many lines, for a whole document.
  package var document: String {
    var text = ""
    write(into: &text, indent: 0)
    return text
  }

  private func write(into text: inout String, indent: Int?) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): text += value.isFinite ? "\(value)" : "null"
    case .float(let value): text += value.isFinite ? "\(value)" : "null"
    case .literal(let digits): text += digits
    case .string(let value): Self.quote(value, into: &text)
    case .array(let values):
      let indent = values.contains(where: \.isNested) ? indent : nil
      Self.write(values, between: ("[", "]"), into: &text, indent: indent) { value, text, inner in
        value.write(into: &text, indent: inner)
      }
    case .object(let pairs):
      Self.write(pairs, between: ("{", "}"), into: &text, indent: indent) { pair, text, inner in
        Self.quote(pair.key, into: &text)
        text += inner == nil ? ":" : ": "
        pair.value.write(into: &text, indent: inner)
      }
    }
  }

  // Lists of plain values, such as vectors, stay on one line.
  private var isNested: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }

  private static func write<Item>(
    _ items: [Item], between brackets: (open: String, close: String), into text: inout String,
    indent: Int?, each: (Item, inout String, Int?) -> Void
  ) {
    text += brackets.open
    let inner = indent.map { $0 + 1 }
    for (index, item) in items.enumerated() {
      if index > 0 { text += "," }
      if let inner { text += "\n" + String(repeating: "  ", count: inner) }
      each(item, &text, inner)
    }
    if let indent, !items.isEmpty { text += "\n" + String(repeating: "  ", count: indent) }
    text += brackets.close
  }

  // RFC 8259, section 7: quotes, backslashes and what is below U+0020 must be escaped; what is
  // unseen may be, and is.
  private static func quote(_ value: String, into text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default: append(scalar, to: &text)
      }
    }
    text += "\""
  }

  /// A string or number in the JSON that somebody wrote, with what is unseen in it escaped: the
  /// same value, and else the same bytes.
  package static func token(_ written: String) -> JSON {
    var text = ""
    for scalar in written.unicodeScalars { append(scalar, to: &text) }
    return .literal(text)
  }

  private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
    guard scalar.isUnseen else { return text.unicodeScalars.append(scalar) }
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
}
