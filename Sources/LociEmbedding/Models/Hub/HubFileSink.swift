import Foundation
import LociCore
import Synchronization

/// Writes a body to the end of a file that may have its beginning already.
///
/// All state is behind the mutex.
final class HubFileSink: HubBodySink {
  private struct State {
    var handle: FileHandle
    var offset: Int64
    var isWanted = false
  }

  private static let reportStep: Int64 = 1 << 20

  private let file: URL
  private let expectedSize: Int64?
  private let state: Mutex<State>
  private let report: @Sendable (Int64) -> Void

  /// Opens or makes the file; `report` is told the number of bytes now and then.
  init(
    _ file: URL, expectedSize: Int64?, report: @escaping @Sendable (Int64) -> Void
  ) throws {
    self.file = file
    self.expectedSize = expectedSize
    self.report = report
    let descriptor = unsafe open(file.path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileSystemError.last("written", file) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    let end = try handle.seekToEnd()
    state = Mutex(State(handle: handle, offset: Int64(clamping: end)))
    if let expectedSize, offset > expectedSize { try restart() }
  }

  /// The bytes that the file has.
  var offset: Int64 { state.withLock { $0.offset } }

  /// Empties the file.
  func restart() throws { try state.withLock { try Self.truncate(&$0, file) } }

  func begin(_ response: HubResponse) throws {
    try state.withLock { state in
      switch response.status {
      case 206:
        guard Self.start(of: response) == state.offset else {
          throw HubErrors.unexpected("another part of the file than was asked for", response)
        }
        state.isWanted = true
      case 200:
        // A server that ignores ranges sends everything once more.
        try Self.truncate(&state, file)
        state.isWanted = true
      default:
        state.isWanted = false
      }
    }
  }

  func append(_ piece: Data) throws {
    let progress: Int64? = try state.withLock { state in
      guard state.isWanted else { return nil }
      let before = state.offset
      state.offset += Int64(piece.count)
      let most = expectedSize ?? RegularFile.maximumBytes
      if state.offset > most {
        try Self.truncate(&state, file)
        throw LociError(.network, "The hub sent more than the \(most) bytes it announced.")
      }
      do {
        try state.handle.write(contentsOf: piece)
      } catch {
        throw FileSystemError.wrap(error, "written", file)
      }
      let isReported = before / Self.reportStep != state.offset / Self.reportStep
      return isReported || state.offset == expectedSize ? state.offset : nil
    }
    if let progress { report(progress) }
  }

  /// Makes the bytes durable and closes the file.
  func finish() throws {
    do {
      try state.withLock { state in
        try state.handle.synchronize()
        try state.handle.close()
      }
    } catch {
      throw FileSystemError.wrap(error, "written", file)
    }
  }

  private static func truncate(_ state: inout State, _ file: URL) throws {
    guard state.offset > 0 else { return }
    do {
      try state.handle.truncate(atOffset: 0)
      state.offset = 0
    } catch {
      throw FileSystemError.wrap(error, "written", file)
    }
  }

  /// `Content-Range: bytes 100-199/200` -> 100.
  private static func start(of response: HubResponse) -> Int64? {
    guard let range = response["Content-Range"], range.hasPrefix("bytes ") else { return nil }
    return Int64(range.dropFirst(6).prefix { $0 != "-" })
  }
}
