import Foundation
import LociCore

/// An exclusive lock on a file (flock), which other tools of the hub take as well.
///
/// It holds between processes and between tasks of one process, and ends with its owner.
struct FileLock: ~Copyable {
  private let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Waits for the lock without blocking a thread; cancelling the task ends the wait.
  static func acquire(_ file: URL) async throws -> FileLock {
    while true {
      if let lock = try attempt(file) { return lock }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Takes the lock if it is free. A lock file that was removed meanwhile counts for nothing.
  private static func attempt(_ file: URL) throws -> FileLock? {
    let descriptor = unsafe open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileSystemError.last("locked", file) }
    let lock = FileLock(descriptor: descriptor)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK: return nil
      default: throw FileSystemError.last("locked", file)
      }
    }
    var opened = stat()
    var named = stat()
    guard unsafe fstat(descriptor, &opened) == 0, unsafe stat(file.path, &named) == 0,
      opened.st_ino == named.st_ino
    else { return nil }
    return lock
  }
}
