import Foundation
import LociCore

/// Turns the system's error numbers into errors that say what to do.
enum FileSystemError {
  /// The error for a call on a path that just failed and set `errno`.
  static func last(_ action: String, _ file: URL) -> LociError {
    error(errno, action, file.path)
  }

  /// The error for what Foundation threw.
  static func wrap(_ error: any Error, _ action: String, _ file: URL) -> LociError {
    if let error = error as? LociError { return error }
    return Self.error(number(of: error as NSError), action, file.path, underlying: error)
  }

  private static func number(of error: NSError) -> Int32 {
    if error.domain == NSPOSIXErrorDomain { return Int32(truncatingIfNeeded: error.code) }
    if let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError, cause !== error {
      return number(of: cause)
    }
    return switch CocoaError.Code(rawValue: error.code) {
    case .fileWriteOutOfSpace: ENOSPC
    case .fileWriteNoPermission, .fileReadNoPermission: EACCES
    case .fileWriteVolumeReadOnly: EROFS
    case .fileNoSuchFile, .fileReadNoSuchFile: ENOENT
    default: EIO
    }
  }

  private static func error(
    _ number: Int32, _ action: String, _ path: String, underlying: (any Error)? = nil
  ) -> LociError {
    let message = "\(path) can't be \(action): \(unsafe String(cString: strerror(number)))."
    return switch number {
    case ENOSPC, EDQUOT:
      LociError(
        .diskFull, message, remedy: "Free some space on that disk, and try again.",
        underlying: underlying)
    case EROFS, EACCES, EPERM:
      LociError(
        .readOnly, message,
        remedy: "Check the permissions, or choose another folder (HF_HUB_CACHE, LOCI_HOME).",
        underlying: underlying)
    default: LociError(.io, message, underlying: underlying)
    }
  }
}
