import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The one name of a place, however it is reached. Paths are compared by bytes, as file systems do.
package enum CanonicalPath {
  private typealias Component = Substring.UTF8View.SubSequence

  private static let slash = UInt8(ascii: "/")
  /// As many links as Linux follows.
  private static let mostLinks = 40

  /// The absolute path without links, `.` and `..`, as far as it is there; what is not there, or
  /// not any more, keeps its name. Complexity: O(components).
  package static func of(_ path: String) -> String {
    guard !path.isEmpty else { return path }
    let absolute =
      path.utf8.first == slash ? path : FileManager.default.currentDirectoryPath + "/" + path
    var rest = Array(components(of: absolute).reversed())
    var found: [Component] = []
    var linkCount = 0
    while let name = rest.popLast() {
      if name.elementsEqual("..".utf8) {
        _ = found.popLast()
      } else if linkCount < mostLinks, let target = target(ofLink: joined(found + [name])) {
        linkCount += 1
        if target.utf8.first == slash { found = [] }
        rest += components(of: target).reversed()
      } else {
        found.append(name)
      }
    }
    return joined(found)
  }

  /// Where a symbolic link points to; nil where the path is none.
  package static func target(ofLink path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink(path, &buffer, buffer.count)
    guard count > 0 else { return nil }
    return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func components(of path: String) -> [Component] {
    path[...].utf8.split(separator: slash).filter { !$0.elementsEqual(".".utf8) }
  }

  private static func joined(_ components: [Component]) -> String {
    "/" + components.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
  }
}
