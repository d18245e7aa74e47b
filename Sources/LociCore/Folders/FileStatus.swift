#if canImport(Glibc)
  package import Glibc
#else
  package import Darwin
#endif

/// The one place where the systems disagree on what they tell of a file.
extension stat {
  #if canImport(Darwin)
    /// When the contents were last changed.
    package var modified: timespec { st_mtimespec }
    /// When anything was last changed.
    package var changed: timespec { st_ctimespec }
  #else
    /// When the contents were last changed.
    package var modified: timespec { st_mtim }
    /// When anything was last changed.
    package var changed: timespec { st_ctim }
  #endif
}
