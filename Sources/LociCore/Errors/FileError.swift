import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the system's error numbers mean, wherever a call on a file fails.
package enum FileError {
  /// What a file was to be used for.
  package enum Use: Sendable {
    case reading
    case writing
  }

  /// The kind of failure that an error number stands for.
  ///
  /// Whoever may not read is forbidden to; whoever may not write, or has no folder to write to,
  /// has a place that can't be written.
  package static func code(_ number: Int32, _ use: Use) -> LociError.Code {
    switch number {
    case ENOSPC, EDQUOT: .diskFull
    case EROFS: .readOnly
    case EACCES, EPERM: use == .reading ? .forbidden : .readOnly
    case ENOENT, ENOTDIR: use == .reading ? .notFound : .readOnly
    default: .io
    }
  }

  /// The system's words for an error number, such as `Permission denied`.
  package static func reason(_ number: Int32) -> String {
    unsafe String(cString: strerror(number))
  }

  /// The error number behind what Foundation threw.
  package static func number(of error: any Error) -> Int32 {
    let error = error as NSError
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
}
