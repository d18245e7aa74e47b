#if canImport(Glibc)
  package import Glibc
#else
  package import Darwin
#endif

/// What changes whenever a file's bytes do: enough to trust what was computed of them earlier.
///
/// The change time is there because, unlike the modification time, no program can set it back.
package struct FileFingerprint: Hashable, Sendable, Codable {
  package let size: Int64
  package let inode: UInt64
  package let modifiedNanoseconds: Int64
  package let changedNanoseconds: Int64

  /// What the file system says of a file.
  package init(_ status: stat) {
    size = Int64(status.st_size)
    inode = UInt64(status.st_ino)
    modifiedNanoseconds = Self.nanoseconds(status.modified)
    changedNanoseconds = Self.nanoseconds(status.changed)
  }

  /// The bytes of a file; nil where there is none.
  package static func size(of path: String) -> Int64? {
    FileIdentity.status(of: path).map { Int64($0.st_size) }
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
