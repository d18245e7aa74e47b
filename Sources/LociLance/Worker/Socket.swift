import Foundation
import LociCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Owns one end of a pair of connected Unix sockets, and closes it. The pair has no name in the
/// file system, so nothing is ever left behind there. What only POSIX has is called in this file.
final class Socket: Sendable {
  private let descriptor: Int32

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Two connected ends: ours, and the one that a child gets as its standard input. Neither is
  /// inherited by any other process.
  static func pair() throws(LociError) -> (ours: Socket, theirs: FileHandle) {
    var ends: [Int32] = [-1, -1]
    #if canImport(Glibc)
      let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw LociError(.io, "No socket for LanceDB's worker process could be made.")
    }
    return (Socket(ends[0]), FileHandle(fileDescriptor: ends[1], closeOnDealloc: true))
  }

  /// Sends everything, or returns false where the other end is gone; blocks while it is slow. A
  /// broken connection raises no SIGPIPE.
  func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = unsafe rest.withUnsafeBytes { unsafe send($0, Self.withoutSignal) }
      if sent < 0, errno == EINTR { continue }
      guard sent > 0 else { return false }
      rest = rest.dropFirst(sent)
    }
    return true
  }

  /// Sends what the other end takes without blocking; returns how many bytes that was.
  func sendNow(_ bytes: [UInt8]) -> Int {
    let flags = Self.withoutSignal | Self.withoutWaiting
    return max(0, unsafe bytes.withUnsafeBytes { unsafe send($0, flags) })
  }

  private static let withoutWaiting = Int32(MSG_DONTWAIT)
  #if canImport(Glibc)
    private static let withoutSignal = Int32(MSG_NOSIGNAL)
  #else
    private static let withoutSignal: Int32 = 0
  #endif

  private func send(_ buffer: UnsafeRawBufferPointer, _ flags: Int32) -> Int {
    #if canImport(Glibc)
      return unsafe Glibc.send(descriptor, buffer.baseAddress, buffer.count, flags)
    #else
      return unsafe Darwin.send(descriptor, buffer.baseAddress, buffer.count, flags)
    #endif
  }

  /// Waits for bytes and returns how many came into the buffer; 0 at the end.
  func receive(into buffer: inout [UInt8]) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
      }
      if count >= 0 { return count }
      if errno != EINTR { return 0 }
    }
  }

  /// Ends the connection for both sides; whoever blocks in it wakes up.
  func shutDown() {
    #if canImport(Glibc)
      _ = shutdown(descriptor, Int32(SHUT_RDWR))
    #else
      _ = shutdown(descriptor, SHUT_RDWR)
    #endif
  }
}

extension Process {
  /// Ends the process at once, even where it is stopped.
  func killNow() {
    if isRunning { kill(processIdentifier, SIGKILL) }
  }
}
