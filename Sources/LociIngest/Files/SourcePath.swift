/// The absolute path of a file or folder as the address of a source. Compared by bytes, as file
/// systems do.
package enum SourcePath {
  private static let slash = UInt8(ascii: "/")
  /// As many links as Linux follows.
  private static let mostLinks = 40

  /// The path with its symbolic links resolved as far as they are there; what is not there any
  /// more keeps its name.
  ///
  /// - Parameter path: An absolute path.
  package static func canonical(_ path: String) -> String {
    var rest = Array(names(of: path).reversed())
    var found: [Substring.UTF8View.SubSequence] = []
    var linkCount = 0
    while let name = rest.popLast() {
      if name.elementsEqual("..".utf8) {
        _ = found.popLast()
      } else if linkCount < mostLinks,
        let target = OpenedFile.target(ofLink: joined(found + [name]))
      {
        linkCount += 1
        if target.utf8.first == slash { found = [] }
        rest += names(of: target).reversed()
      } else {
        found.append(name)
      }
    }
    return joined(found)
  }

  /// Whether a path is another one or lies below it.
  package static func isPath(_ path: String, atOrBelow folder: String) -> Bool {
    let base = folder.utf8.last == slash ? folder.utf8.dropLast() : folder.utf8[...]
    guard path.utf8.starts(with: base) else { return false }
    let rest = path.utf8.dropFirst(base.count)
    return rest.isEmpty || rest.first == slash
  }

  private static func names(of path: String) -> [Substring.UTF8View.SubSequence] {
    path[...].utf8.split(separator: slash).filter { !$0.elementsEqual(".".utf8) }
  }

  private static func joined(_ names: [Substring.UTF8View.SubSequence]) -> String {
    "/" + names.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
  }
}
