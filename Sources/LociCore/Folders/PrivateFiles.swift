package import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Makes files and folders that nobody but their owner may read, whatever the process's umask.
package enum PrivateFiles {
  /// Taking a descriptor away releases every lock that its process has on the file, so nobody may
  /// have opened a new file before its first descriptor is closed.
  private static let making = Mutex(())

  /// Makes a folder, and those above it, where they are missing: 0700. One that is there stays as
  /// it is.
  ///
  /// - Throws: ``LociError/Code/readOnly``, ``LociError/Code/diskFull``, ``LociError/Code/io``.
  package static func makeFolder(_ path: String) throws(LociError) {
    if isFolder(path) { return }
    let parent = (path as NSString).deletingLastPathComponent
    if !parent.isEmpty, parent != path { try makeFolder(parent) }
    guard unsafe mkdir(path, 0o700) == 0 else {
      // Somebody else may have been faster.
      if isFolder(path) { return }
      let problem = errno
      throw LociError(
        FileError.code(problem, .writing), "The folder \(path) can't be made.",
        remedy: "Name a folder that you may write to.", detail: FileError.reason(problem))
    }
    // The umask may have taken rights from the owner, too.
    unsafe chmod(path, 0o700)
  }

  /// Makes an empty file where there is nothing of that name: 0600.
  ///
  /// - Throws: ``LociError/Code/readOnly``, ``LociError/Code/diskFull``, ``LociError/Code/io``.
  package static func makeFile(_ path: String) throws(LociError) {
    let problem: Int32? = making.withLock { _ in
      let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { return errno == EEXIST ? nil : errno }
      fchmod(descriptor, 0o600)
      close(descriptor)
      return nil
    }
    guard let problem else { return }
    throw LociError(
      FileError.code(problem, .writing), "The file \(path) can't be made.",
      remedy: "Check that its folder exists, that you may write to it, and that it has room.",
      detail: FileError.reason(problem))
  }

  /// Puts data in the place of a file in one step: 0600, whatever the old one was. Its folder is
  /// made where it is missing.
  ///
  /// - Throws: ``LociError/Code/readOnly``, ``LociError/Code/diskFull``, ``LociError/Code/io``.
  package static func replace(_ path: String, with data: Data) throws(LociError) {
    try makeFolder((path as NSString).deletingLastPathComponent)
    let new = unusedName(beside: path)
    try makeFile(new)
    do {
      let handle = try FileHandle(forWritingTo: URL(filePath: new))
      try handle.write(contentsOf: data)
      try handle.synchronize()
      try handle.close()
      // Foundation's own replacing would keep the old file's rights.
      guard unsafe rename(new, path) == 0 else {
        throw NSError(domain: NSPOSIXErrorDomain, code: Int(errno))
      }
    } catch {
      try? FileManager.default.removeItem(atPath: new)
      throw unwritten(path, error)
    }
  }

  /// Puts what is written piece by piece in the place of a file, in one step at the end: 0600. Its
  /// folder is made where it is missing. Where `body` throws, the file stays as it was.
  ///
  /// - Throws: ``LociError/Code/readOnly``, ``LociError/Code/diskFull``, ``LociError/Code/io``, and
  ///   what `body` throws.
  package static func replace<Result>(
    _ path: String, writing body: (_ send: @escaping (Data) throws -> Void) async throws -> Result
  ) async throws -> Result {
    try makeFolder((path as NSString).deletingLastPathComponent)
    let new = unusedName(beside: path)
    try makeFile(new)
    do {
      let handle = try FileHandle(forWritingTo: URL(filePath: new))
      let result = try await body { data in
        do { try handle.write(contentsOf: data) } catch { throw unwritten(path, error) }
      }
      do {
        try handle.synchronize()
        try handle.close()
        guard unsafe rename(new, path) == 0 else {
          throw NSError(domain: NSPOSIXErrorDomain, code: Int(errno))
        }
      } catch {
        throw unwritten(path, error)
      }
      return result
    } catch {
      try? FileManager.default.removeItem(atPath: new)
      throw error
    }
  }

  /// Has the disk keep a file that was written, and gives it its name, in the place of what has it:
  /// 0600.
  ///
  /// - Throws: ``LociError/Code/readOnly``, ``LociError/Code/diskFull``, ``LociError/Code/io``.
  package static func finish(_ new: String, as path: String) throws(LociError) {
    do {
      let handle = try FileHandle(forUpdating: URL(filePath: new))
      try handle.synchronize()
      try handle.close()
      guard unsafe chmod(new, 0o600) == 0, unsafe rename(new, path) == 0 else {
        throw NSError(domain: NSPOSIXErrorDomain, code: Int(errno))
      }
    } catch {
      throw unwritten(path, error)
    }
  }

  private static func unwritten(_ path: String, _ error: any Error) -> LociError {
    LociError(
      FileError.code(FileError.number(of: error), .writing), "\(path) can't be written.",
      remedy: "Check that you may write to its folder, and that it has room.", underlying: error)
  }

  /// A hidden name that nothing has yet, in a file's folder: for what takes its place in one step.
  package static func unusedName(beside path: String) -> String {
    let file = path as NSString
    return "\(file.deletingLastPathComponent)/.\(file.lastPathComponent).\(UUID().uuidString)"
  }

  /// Whether others than the owner have any right to a file or folder of this user's. Links, and
  /// what is somebody else's, are not looked into.
  package static func isOpenToOthers(_ path: String) -> Bool {
    guard let status = FileIdentity.status(of: path, followsLinks: false) else { return false }
    let kind = status.st_mode & S_IFMT
    return (kind == S_IFREG || kind == S_IFDIR) && status.st_uid == geteuid()
      && status.st_mode & 0o077 != 0
  }

  /// Takes every right to a file or folder from others than its owner.
  ///
  /// - Throws: ``LociError/Code/readOnly``, ``LociError/Code/diskFull``, ``LociError/Code/io``.
  package static func closeToOthers(_ path: String) throws(LociError) {
    guard let status = FileIdentity.status(of: path, followsLinks: false) else { return }
    guard unsafe chmod(path, status.st_mode & 0o700) == 0 else {
      throw LociError(
        FileError.code(errno, .writing), "The rights to \(path) can't be changed.",
        remedy: "Its owner can do that.")
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    FileIdentity.status(of: path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }
}
