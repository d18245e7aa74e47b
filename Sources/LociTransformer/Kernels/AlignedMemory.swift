import Foundation
import LociCore

/// Memory at a multiple of 64 bytes, zeroed.
///
/// `@unchecked Sendable`: written only by whoever made it, before it is shared, or by the one run
/// that holds it.
@safe final class AlignedMemory: @unchecked Sendable {
  let start: UnsafeMutableRawPointer
  let count: Int

  /// - Throws: ``LociError/Code/engine`` where there is not so much memory.
  init(_ count: Int) throws(LociError) {
    var address: UnsafeMutableRawPointer?
    guard UInt64(count) < ProcessInfo.processInfo.physicalMemory,
      unsafe posix_memalign(&address, 64, max(64, count)) == 0, let address = unsafe address
    else {
      throw LociError(
        .engine, "The model needs \(count) bytes of memory, and there is not so much.",
        remedy: "Use a smaller model.")
    }
    unsafe memset(address, 0, count)
    unsafe start = address
    self.count = count
  }

  deinit { unsafe free(start) }

  func floats(at offset: Int) -> UnsafeMutablePointer<Float> {
    unsafe (start + offset).assumingMemoryBound(to: Float.self)
  }
}
