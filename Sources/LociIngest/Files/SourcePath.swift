/// Addresses of sources that are paths of files and folders, compared by bytes as file systems do.
package enum SourcePath {
  private static let slash = UInt8(ascii: "/")

  /// Whether a path is another one or lies below it.
  package static func isPath(_ path: String, atOrBelow folder: String) -> Bool {
    let base = folder.utf8.last == slash ? folder.utf8.dropLast() : folder.utf8[...]
    guard path.utf8.starts(with: base) else { return false }
    let rest = path.utf8.dropFirst(base.count)
    return rest.isEmpty || rest.first == slash
  }
}
