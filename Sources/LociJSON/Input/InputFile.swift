import Foundation
package import LociCore

/// An open file or stream that is read from; closes what it opened.
package final class InputFile {
  private let descriptor: Int32
  private let isOwned: Bool
  /// What to call it in messages.
  package let name: String

  /// The standard input.
  package static var standard: InputFile {
    InputFile(descriptor: STDIN_FILENO, isOwned: false, name: "standard input")
  }

  /// Opens a file.
  package convenience init(path: String) throws(LociError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(errno, name: path) }
    self.init(descriptor: descriptor, isOwned: true, name: path)
  }

  private init(descriptor: Int32, isOwned: Bool, name: String) {
    self.descriptor = descriptor
    self.isOwned = isOwned
    self.name = name
  }

  deinit { if isOwned { close(descriptor) } }

  /// Whether a read would return at once.
  package var isReady: Bool { waits(milliseconds: 0) }

  /// Reads what there is, at most `limit` bytes; nothing at the end.
  ///
  /// Waits for input, and stops waiting with `CancellationError` when the task is cancelled.
  package func read(upTo limit: Int) throws -> [UInt8] {
    while !waits(milliseconds: 100) { try Task.checkCancellation() }
    while true {
      var count = 0
      let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, initialized in
        count = unsafe Foundation.read(descriptor, buffer.baseAddress, limit)
        initialized = max(0, count)
      }
      if count >= 0 { return bytes }
      guard errno == EINTR else { throw Self.failure(errno, name: name) }
    }
  }

  private func waits(milliseconds: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, milliseconds) != 0
  }

  private static func failure(_ code: Int32, name: String) -> LociError {
    LociError(
      FileError.code(code, .reading),
      "\(name) can't be read: \(FileError.reason(code)).",
      remedy: "Check the path and its permissions.")
  }
}
