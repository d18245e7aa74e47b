package import Foundation

/// Opens files that others made, such as a model's: regular ones only. A FIFO would wait
/// for ever, a device has no end.
package enum RegularFile {
  /// No weights of a BERT encoder come near this size.
  package static let maximumBytes: Int64 = 16 << 30

  /// Opens a file for reading and tells its size, which is at most `maximum`. Whoever asked closes.
  ///
  /// Opening never waits, and what was opened is what is examined. Symbolic links are followed.
  /// - Throws: ``LociError/Code/notFound`` where there is none, ``LociError/Code/corrupt`` for
  ///   anything but a regular file of a sensible size, and what opening throws.
  package static func opened(
    _ file: URL, upTo maximum: Int64 = maximumBytes
  ) throws(LociError) -> (descriptor: Int32, size: Int) {
    let descriptor = unsafe open(file.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      guard errno == ENOENT else { throw FileSystemError.last("opened", file) }
      throw LociError(.notFound, "The file \(file.path) can't be opened: there is none.")
    }
    do {
      return (descriptor, try size(of: descriptor, file, upTo: maximum))
    } catch {
      close(descriptor)
      throw error
    }
  }

  /// Fills a buffer from a place in a file that is open.
  ///
  /// - Throws: ``LociError/Code/corrupt`` where the file is too short by now, and what reading
  ///   throws.
  package static func fill(
    _ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32, at offset: Int, of file: URL
  ) throws(LociError) {
    var done = 0
    while done < buffer.count {
      let count = unsafe pread(
        descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done,
        off_t(offset + done))
      guard count != 0 else {
        throw LociError(
          .corrupt, "\(file.path) is shorter than it was.",
          remedy: "Fetch the model's files again.")
      }
      if count < 0 {
        guard errno == EINTR else { throw FileSystemError.last("read", file) }
        continue
      }
      done += count
    }
  }

  private static func size(
    of descriptor: Int32, _ file: URL, upTo maximum: Int64
  ) throws(LociError) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw FileSystemError.last("examined", file)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw LociError(
        .corrupt, "\(file.path) is not a regular file.",
        remedy: "Give a model whose files are files, not folders, pipes or devices.")
    }
    guard status.st_size <= maximum else {
      throw LociError(
        .corrupt, "\(file.path) has \(status.st_size) bytes, far more than such a file can need.",
        remedy: "Fetch the model's files again.")
    }
    return Int(status.st_size)
  }

  /// Lends a file's bytes in pieces of at most 1 MiB.
  package static func forEachPiece(
    of file: URL, upTo maximum: Int64 = maximumBytes, _ body: (Span<UInt8>) -> Void
  ) throws(LociError) {
    var (descriptor, left) = try opened(file, upTo: maximum)
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    // A file that grows while it is read is as long as it was.
    while left > 0 {
      let wanted = min(left, buffer.count)
      let count = unsafe read(descriptor, &buffer, wanted)
      guard count != 0 else { return }
      if count < 0 {
        guard errno == EINTR else { throw FileSystemError.last("read", file) }
        continue
      }
      buffer.withSpan { body($0.extracting(0..<count)) }
      left -= count
    }
  }

  /// A small file's bytes.
  package static func contents(of file: URL, upTo maximum: Int64) throws(LociError) -> Data {
    var data = Data()
    try forEachPiece(of: file, upTo: maximum) { piece in
      unsafe piece.withUnsafeBytes { unsafe data.append(contentsOf: $0) }
    }
    return data
  }
}
