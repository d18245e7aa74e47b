/// What a `.gitignore` or `.lociignore` says; see gitignore(5).
struct IgnoreFile: Hashable, Sendable {
  private struct Rule: Hashable {
    let pattern: GlobPattern
    let isNegated: Bool
    let isPath: Bool
    let isFolderOnly: Bool
  }

  /// The most bytes that such a file may have.
  static let maximumBytes = 1 << 20

  /// The file, for reports.
  let path: String
  /// The folder that holds it, from the top; empty for the top.
  private let base: [UInt8]
  private let rules: [Rule]

  /// Reads a file's bytes.
  init(_ bytes: [UInt8], path: String, base: [UInt8]) {
    self.path = path
    self.base = base
    let content = bytes.dropFirst(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    rules = content.split(separator: UInt8(ascii: "\n")).compactMap { line in
      Self.rule(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
    }
  }

  /// Whether the last rule that matches leaves a path out; nil where none matches.
  ///
  /// - Parameter path: The path from the top.
  func leavesOut(_ path: [UInt8], isFolder: Bool) -> Bool? {
    let inner = base.isEmpty ? path[...] : path.dropFirst(base.count + 1)
    let name = inner.lastIndex(of: UInt8(ascii: "/")).map { inner[($0 + 1)...] } ?? inner
    let last = rules.last { rule in
      (isFolder || !rule.isFolderOnly) && rule.pattern.matches(rule.isPath ? inner : name)
    }
    return last.map { !$0.isNegated }
  }

  private static func rule(_ line: ArraySlice<UInt8>) -> Rule? {
    var rest = withoutClosingSpaces(line)
    guard let first = rest.first, first != UInt8(ascii: "#") else { return nil }
    let isNegated = first == UInt8(ascii: "!")
    if isNegated { rest.removeFirst() }
    let isFolderOnly = rest.last == UInt8(ascii: "/")
    if isFolderOnly { rest.removeLast() }
    let isPath = rest.contains(UInt8(ascii: "/"))
    if rest.first == UInt8(ascii: "/") { rest.removeFirst() }
    guard !rest.isEmpty else { return nil }
    return Rule(
      pattern: GlobPattern(rest, isPath: isPath), isNegated: isNegated, isPath: isPath,
      isFolderOnly: isFolderOnly)
  }

  /// A space after a backslash stays.
  private static func withoutClosingSpaces(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = line.startIndex
    var index = line.startIndex
    while index < line.endIndex {
      let isEscape = line[index] == UInt8(ascii: "\\")
      let isSpace = line[index] == UInt8(ascii: " ")
      index += isEscape ? 2 : 1
      if !isSpace { end = min(index, line.endIndex) }
    }
    return line[..<end]
  }
}

/// The files that say what is left out, as they pile up on the way down.
struct IgnoreRules: Sendable {
  /// What a pile of files says of a path.
  enum Verdict {
    case leavesOut(by: String)
    case takes
  }

  /// Names of such files; those of Loci win over those of git.
  static let names = (git: ".gitignore", loci: ".lociignore")

  private var git: [IgnoreFile] = []
  private var loci: [IgnoreFile] = []

  /// Adds a file that lies further down than those before.
  mutating func add(_ file: IgnoreFile, isOfLoci: Bool) {
    if isOfLoci { loci.append(file) } else { git.append(file) }
  }

  /// What Loci's own files say.
  func ownVerdict(on path: [UInt8], isFolder: Bool) -> Verdict? {
    Self.verdict(of: loci, on: path, isFolder: isFolder)
  }

  /// What all files say.
  func verdict(on path: [UInt8], isFolder: Bool) -> Verdict? {
    ownVerdict(on: path, isFolder: isFolder)
      ?? Self.verdict(of: git, on: path, isFolder: isFolder)
  }

  private static func verdict(
    of files: [IgnoreFile], on path: [UInt8], isFolder: Bool
  ) -> Verdict? {
    for file in files.reversed() {
      guard let leavesOut = file.leavesOut(path, isFolder: isFolder) else { continue }
      return leavesOut ? .leavesOut(by: file.path) : .takes
    }
    return nil
  }
}
