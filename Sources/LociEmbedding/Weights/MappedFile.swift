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
  /// - Throws: ``LociError/Code/notFound`` or ``LociError/Code/io`` where it can't be read,
  ///   ``LociError/Code/corrupt`` where it is no regular file.
  package init(_ file: URL) throws(LociError) {
    let (descriptor, size) = try RegularFile.opened(file)
    defer { close(descriptor) }
    count = size
    guard count > 0 else {
      unsafe start = nil
      return
    }
    let address = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard unsafe address != MAP_FAILED else { throw FileSystemError.last("mapped", file) }
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
}
