#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
package import LociCore

/// An open file or folder that is being ingested, closed with its owner.
///
/// Each step opens one name below an open folder and follows no symbolic link. So nothing that is
/// swapped in between looking and reading leads elsewhere, at whatever place of the path. All of
/// the operating system's calls that ingesting needs are in this file.
package final class OpenedFile: Sendable {
  /// What something in a folder is.
  package enum Kind: Sendable {
    case file, folder, link, other
  }

  /// What a file is, and what changes where somebody writes to it.
  package struct Stamp: Hashable, Sendable {
    package let kind: Kind
    private let device: UInt64
    private let fingerprint: FileFingerprint

    package var size: Int { Int(fingerprint.size) }

    /// Nanoseconds since 1970 at the last change of the file or of what is said of it.
    package var changedNanoseconds: Int64 { fingerprint.changedNanoseconds }

    fileprivate init(_ status: stat) {
      kind =
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFLNK: .link
        default: .other
        }
      device = UInt64(truncatingIfNeeded: status.st_dev)
      fingerprint = FileFingerprint(status)
    }
  }

  /// The path that led here, for messages.
  let path: String
  private let descriptor: Int32

  private init(_ descriptor: Int32, path: String) {
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  #if canImport(Darwin)
    private static let passing = O_RDONLY
  #else
    // O_PATH, which Swift does not import: it needs no right to list the folder.
    private static let passing: Int32 = 0o10_000_000
  #endif

  /// Opens what an absolute path names; none of its parts may be a symbolic link.
  ///
  /// - Throws: ``LociError``: `not_found`, `io`, and `invalid_argument` for a link, a device, a
  ///   pipe or a socket.
  package static func at(_ path: String) throws(LociError) -> OpenedFile {
    let names = path.utf8.split(separator: UInt8(ascii: "/"))
    let access = names.isEmpty ? O_RDONLY : passing
    let root = unsafe open("/", access | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else { throw failure(errno, path: "/") }
    return try OpenedFile(root, path: "/").descendant(path)
  }

  /// Opens what a relative path of plain names leads to from this folder.
  ///
  /// - Throws: As ``at(_:)``.
  package func descendant(_ relativePath: String) throws(LociError) -> OpenedFile {
    let names = relativePath.utf8.split(separator: UInt8(ascii: "/"))
    var place = self
    for (index, name) in names.enumerated() {
      let name = Array(name)
      place = try index == names.count - 1 ? place.child(name) : place.folder(name)
    }
    return place
  }

  /// Opens a file or folder of this folder for reading.
  ///
  /// - Throws: As ``at(_:)``.
  func child(_ name: [UInt8]) throws(LociError) -> OpenedFile {
    let path = path(of: name)
    // Opening a device can do something; a pipe's other end may never come.
    try Self.requireReadable(try stamp(of: name).kind, path: path)
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    let child = OpenedFile(try opened(name, flags), path: path)
    try Self.requireReadable(try child.stamp().kind, path: path)
    return child
  }

  /// Opens a folder of this folder to go on from it.
  private func folder(_ name: [UInt8]) throws(LociError) -> OpenedFile {
    OpenedFile(
      try opened(name, Self.passing | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), path: path(of: name))
  }

  private func opened(_ name: [UInt8], _ flags: Int32) throws(LociError) -> Int32 {
    let file = unsafe openat(descriptor, Self.terminated(name), flags)
    guard file >= 0 else { throw Self.failure(errno, path: path(of: name)) }
    return file
  }

  /// What a name in this folder is; a symbolic link is not followed.
  func stamp(of name: [UInt8]) throws(LociError) -> Stamp {
    var status = stat()
    let answer = unsafe fstatat(
      descriptor, Self.terminated(name), &status, AT_SYMLINK_NOFOLLOW)
    guard answer == 0 else { throw Self.failure(errno, path: path(of: name)) }
    return Stamp(status)
  }

  /// What this is now.
  package func stamp() throws(LociError) -> Stamp {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw Self.failure(errno, path: path) }
    return Stamp(status)
  }

  /// The names in this folder, in the order of their bytes, without `.` and `..`.
  func names() throws(LociError) -> [[UInt8]] {
    let copy = try opened(Array(".".utf8), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard let stream = unsafe fdopendir(copy) else {
      close(copy)
      throw Self.failure(errno, path: path)
    }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = unsafe readdir(stream) {
      let name = unsafe Self.name(of: entry)
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw Self.failure(errno, path: path) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
    let start = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
    let text = unsafe UnsafeRawPointer(entry).advanced(by: start)
    return unsafe Array(
      UnsafeRawBufferPointer(start: text, count: strlen(text.assumingMemoryBound(to: CChar.self))))
  }

  /// The file's bytes.
  ///
  /// - Parameter maximum: The most bytes that are ever read, whatever the file says of its size.
  /// - Throws: ``LociError``: `invalid_argument` for a folder, or where there are more bytes;
  ///   `conflict` where the file changed meanwhile; `io`.
  package func bytes(maximum: Int) throws(LociError) -> [UInt8] {
    let before = try stamp()
    guard before.kind == .file else {
      throw LociError(.invalidArgument, "\(path) is a folder.", remedy: "Name a file.")
    }
    func tooLarge(_ size: String) -> LociError {
      LociError(
        .invalidArgument, "\(path) has \(size) bytes; files may have at most \(maximum).",
        remedy: "Split the file, or raise maximum_file_mebibytes.")
    }
    guard before.size <= maximum else { throw tooLarge(String(before.size)) }
    let bytes = try bytes(atMost: before.size + 1)
    guard bytes.count <= maximum else { throw tooLarge("more than \(maximum)") }
    guard try stamp() == before, bytes.count == before.size else {
      throw LociError(
        .conflict, "\(path) changed while it was read.", remedy: "Ingest it again.")
    }
    return bytes
  }

  private func bytes(atMost count: Int) throws(LociError) -> [UInt8] {
    var code: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let room = UnsafeMutableRawBufferPointer(buffer)
      while filled < count {
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: room[filled..<count])
        let got = unsafe read(descriptor, rest.baseAddress, rest.count)
        if got == 0 { return }
        if got > 0 {
          filled += got
        } else if errno != EINTR {
          code = errno
          return
        }
      }
    }
    guard code == 0 else { throw Self.failure(code, path: path) }
    return bytes
  }

  private func path(of name: [UInt8]) -> String {
    let name = String(decoding: name, as: UTF8.self)
    return path == "/" ? "/" + name : path + "/" + name
  }

  // MARK: Changes

  #if canImport(Darwin)
    /// A queue that tells of changes in folders; nil, since this system has none such.
    static func changeQueue() -> Int32? { nil }

    /// Has a queue tell of changes in this folder; nil, since there is none.
    func tellChanges(to queue: Int32) -> Int32? { nil }

    /// Has a queue tell of a folder no more.
    static func endChanges(_ watch: Int32, in queue: Int32) {}
  #else
    /// A queue that tells of changes in folders, to be closed; nil where there are too many.
    static func changeQueue() -> Int32? {
      let queue = inotify_init1(Int32(O_NONBLOCK | O_CLOEXEC))
      return queue < 0 ? nil : queue
    }

    /// Has a queue tell of changes in this folder; the same folder has the same number in a queue.
    ///
    /// - Returns: nil where it can't, since the user has no more watches, or there is no /proc.
    func tellChanges(to queue: Int32) -> Int32? {
      let events =
        IN_CREATE | IN_DELETE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO
        | IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB
      // The path leads to the descriptor, which no link can lead elsewhere.
      let watch = unsafe inotify_add_watch(
        queue, "/proc/self/fd/\(descriptor)", UInt32(events) | UInt32(IN_ONLYDIR))
      return watch < 0 ? nil : watch
    }

    /// Has a queue tell of a folder no more.
    static func endChanges(_ watch: Int32, in queue: Int32) { _ = inotify_rm_watch(queue, watch) }
  #endif

  /// Takes what a queue tells, in pieces; whether it told anything. It does not wait.
  static func takeChanges(from queue: Int32) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var hasTold = false
    // However fast changes come, this ends.
    for _ in 0..<1000 {
      let count = unsafe read(queue, &buffer, buffer.count)
      guard count > 0 else { break }
      hasTold = true
    }
    return hasTold
  }

  /// Closes a queue.
  static func closeQueue(_ queue: Int32) { close(queue) }

  private static func terminated(_ name: [UInt8]) -> [CChar] {
    name.map(CChar.init(bitPattern:)) + [0]
  }

  private static func requireReadable(_ kind: Kind, path: String) throws(LociError) {
    switch kind {
    case .file, .folder: return
    case .link: throw link(path)
    case .other:
      throw LociError(.invalidArgument, "\(path) is no plain file.", remedy: "Name a file.")
    }
  }

  private static func link(_ path: String) -> LociError {
    LociError(
      .invalidArgument, "\(path) is a symbolic link; links are not followed.",
      remedy: "Ingest what it points to.")
  }

  private static func failure(_ code: Int32, path: String) -> LociError {
    switch code {
    case ENOENT, ENOTDIR:
      LociError(.notFound, "There is no file or folder \(path).", remedy: "Check the path.")
    case ELOOP: link(path)
    default:
      LociError(
        FileError.code(code, .reading), "\(path) can't be read: \(FileError.reason(code)).",
        remedy: "Check that you may read it.")
    }
  }
}
