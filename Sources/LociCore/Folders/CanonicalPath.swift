import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The one name of a place, however it is reached.
package enum CanonicalPath {
  /// The absolute path without links, `.` and `..`; of what is not there yet, the part that is
  /// counts. Complexity: O(components).
  package static func of(_ path: String) -> String { resolve(path, depth: 0) }

  private static func resolve(_ path: String, depth: Int) -> String {
    if let real = unsafe realpath(path, nil) {
      defer { unsafe free(real) }
      return unsafe String(cString: real)
    }
    let text = path as NSString
    let (parent, name) = (text.deletingLastPathComponent, text.lastPathComponent)
    guard depth < 256, !name.isEmpty, name != "/" else { return path }
    if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
      // A link to what is not there yet.
      let isAbsolute = target.hasPrefix("/")
      return resolve(
        isAbsolute ? target : (parent as NSString).appendingPathComponent(target),
        depth: depth + 1)
    }
    let folder = resolve(parent.isEmpty ? "." : parent, depth: depth + 1)
    switch name {
    case ".": return folder
    case "..": return (folder as NSString).deletingLastPathComponent
    default: return (folder as NSString).appendingPathComponent(name)
    }
  }
}
