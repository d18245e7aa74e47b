#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which file a path leads to, and what would show that it was written to.
package struct FileIdentity: Hashable, Sendable {
  package let device: UInt64
  package let inode: UInt64

  /// The file that a path leads to now; nil where there is none.
  package init?(_ path: String) {
    guard let status = Self.status(of: path) else { return nil }
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
  }

  static func status(of path: String, followsLinks: Bool = true) -> stat? {
    var status = stat()
    let code = unsafe followsLinks ? stat(path, &status) : lstat(path, &status)
    return code == 0 ? status : nil
  }
}

/// A file's size and times: what changes when its contents do.
package struct FileState: Hashable, Sendable {
  package let identity: FileIdentity
  package let size: Int64
  /// How many names the file has.
  package let nameCount: Int
  package let isRegular: Bool
  private let seconds: Int
  private let nanoseconds: Int

  /// The state now; nil where there is no file.
  package init?(_ path: String) {
    guard let identity = FileIdentity(path), let status = FileIdentity.status(of: path) else {
      return nil
    }
    self.identity = identity
    size = Int64(status.st_size)
    nameCount = Int(status.st_nlink)
    isRegular = status.st_mode & S_IFMT == S_IFREG
    (seconds, nanoseconds) = (status.modified.tv_sec, status.modified.tv_nsec)
  }
}
