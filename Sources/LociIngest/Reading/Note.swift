package import LociCore

/// A Markdown note: what it says of itself, and the lines below that.
package struct Note: Sendable {
  /// The values of its front matter.
  package let metadata: Metadata
  /// Its title, where its front matter gives one.
  package let title: String?
  /// Its lines without the front matter.
  package let lines: [String]
  /// The number of the first of them, from 1.
  package let firstLine: Int

  /// Reads a note.
  package init(_ text: String) {
    let front = FrontMatter(of: DocumentText(withoutDataIn: text))
    (metadata, title) = (front?.metadata ?? [:], front?.title)
    let all = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines = Array(all.dropFirst(front?.lineCount ?? 0))
    firstLine = (front?.lineCount ?? 0) + 1
  }
}

/// What Obsidian's notes say besides their text: tags (`#tea`) and wiki links (`[[Tea]]`). Code is
/// passed over.
package struct WikiMarks: Hashable, Sendable {
  /// The tags, without their sign, each once, in the order of the text.
  package private(set) var tags: [String] = []
  /// The notes that are linked or embedded, each once, in the order of the text.
  package private(set) var links: [String] = []

  /// The most of each that are taken, and the most characters of one.
  private static let limits = (count: 64, length: 200)

  /// Reads the marks of a text. Complexity: O(n).
  package init(of text: String) {
    var fence: Character?
    for line in text.split(separator: "\n") {
      let start = line.drop { $0 == " " }
      if let mark = start.first, mark == "`" || mark == "~", start.hasPrefix(String(mark) * 3) {
        if fence == nil { fence = mark } else if fence == mark { fence = nil }
      } else if fence == nil {
        read(line)
      }
    }
  }

  private mutating func read(_ line: Substring) {
    var (rest, before) = (line, Character(" "))
    while let character = rest.first {
      if character == "`", let end = rest.dropFirst().firstIndex(of: "`") {
        rest = rest[rest.index(after: end)...]
      } else if rest.hasPrefix("[["),
        let end = rest.prefix(Self.limits.length * 2).firstRange(of: "]]")
      {
        add(link: rest[..<end.lowerBound].dropFirst(2))
        rest = rest[end.upperBound...]
      } else if character == "#", before.isWhitespace || "([,;".contains(before) {
        let tag = rest.dropFirst().prefix { $0.isLetter || $0.isNumber || "_-/".contains($0) }
        add(tag, to: \.tags, if: !tag.allSatisfy(\.isNumber))
        rest = rest.dropFirst(1 + tag.count)
      } else {
        rest = rest.dropFirst()
      }
      before = character
    }
  }

  private mutating func add(link: Substring) {
    // What is shown in its place, and the heading or block that it leads to.
    let target = link.prefix { !"|#^".contains($0) }
    let name = target.drop { $0.isWhitespace }
    add(name, to: \.links, if: !name.contains("["))
  }

  private mutating func add(
    _ name: Substring, to list: WritableKeyPath<Self, [String]>, if isRight: Bool
  ) {
    guard isRight, !name.isEmpty, name.count <= Self.limits.length,
      self[keyPath: list].count < Self.limits.count
    else { return }
    let name = String(name)
    if !self[keyPath: list].contains(name) { self[keyPath: list].append(name) }
  }

  /// A note's metadata with its marks: tags of the front matter come first.
  package func added(to metadata: Metadata) -> Metadata {
    var metadata = metadata
    var all: [String] = []
    for value in metadata["tags"]?.elements ?? [] {
      guard case .string(let written) = value else { continue }
      all += written.split { $0 == "," || $0.isWhitespace }
        .map { String($0.drop { $0 == "#" }) }.filter { !$0.isEmpty }
    }
    all += tags.filter { !all.contains($0) }
    if !all.isEmpty { metadata["tags"] = .list(all.map(MetadataValue.string)) }
    if !links.isEmpty { metadata["links"] = .list(links.map(MetadataValue.string)) }
    return metadata
  }
}

extension String {
  fileprivate static func * (text: String, count: Int) -> String {
    String(repeating: text, count: count)
  }
}
