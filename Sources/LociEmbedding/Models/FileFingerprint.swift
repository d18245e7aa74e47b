import Foundation

/// What changes whenever a file's bytes do: enough to trust a hash that was computed earlier.
///
/// The change time is there because, unlike the modification time, no program can set it back.
struct FileFingerprint: Hashable, Codable {
  var size: Int64
  var inode: UInt64
  var modifiedNanoseconds: Int64
  var changedNanoseconds: Int64

  /// Asks the file system; symbolic links are followed.
  init(of file: URL) throws {
    var information = stat()
    guard unsafe stat(file.path, &information) == 0 else {
      throw FileSystemError.last("examined", file)
    }
    size = Int64(information.st_size)
    inode = UInt64(information.st_ino)
    #if canImport(Darwin)
      modifiedNanoseconds = Self.nanoseconds(information.st_mtimespec)
      changedNanoseconds = Self.nanoseconds(information.st_ctimespec)
    #else
      modifiedNanoseconds = Self.nanoseconds(information.st_mtim)
      changedNanoseconds = Self.nanoseconds(information.st_ctim)
    #endif
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
