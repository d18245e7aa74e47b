package import Foundation
package import LociCore

/// Bytes that stay where they are for as long as their owner lives.
package protocol FixedBytes: Sendable {
  /// Lends the bytes, which nobody writes; the pointer may be kept as long as the owner is.
  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result
}

/// A file's bytes, mapped for reading and unmapped with the owner's end.
///
/// `@unchecked Sendable`: the pointer never changes and the pages are never written.
@safe package final class MappedFile: FixedBytes, @unchecked Sendable {
  private let start: UnsafeMutableRawPointer?
  /// The number of bytes.
  package let count: Int

  /// Maps a whole file.
  ///
  /// - Throws: ``LociError/Code/notFound`` or ``LociError/Code/io`` where it can't be read.
  package init(_ file: URL) throws(LociError) {
    let descriptor = unsafe open(file.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure("opened", file) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw Self.failure("read", file) }
    count = Int(status.st_size)
    guard count > 0 else {
      unsafe start = nil
      return
    }
    let address = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard unsafe address != MAP_FAILED else { throw Self.failure("mapped", file) }
    unsafe start = address
  }

  deinit {
    if let start = unsafe start { unsafe munmap(start, count) }
  }

  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe body(UnsafeMutableRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  private static func failure(_ verb: String, _ file: URL) -> LociError {
    let (code, reason) = (errno, unsafe String(cString: strerror(errno)))
    return LociError(
      code == ENOENT ? .notFound : .io,
      "The file \(file.path) can't be \(verb): \(reason).")
  }
}
