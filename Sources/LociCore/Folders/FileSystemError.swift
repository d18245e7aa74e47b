package import Foundation

/// Turns what went wrong with a model's files into errors that say what to do.
package enum FileSystemError {
  /// The error for a call on a path that just failed and set `errno`.
  package static func last(_ action: String, _ file: URL) -> LociError {
    error(errno, action, file.path)
  }

  /// The error for what Foundation threw.
  package static func wrap(_ error: any Error, _ action: String, _ file: URL) -> LociError {
    if let error = error as? LociError { return error }
    return Self.error(FileError.number(of: error), action, file.path, underlying: error)
  }

  private static let readingActions: Set = ["opened", "read", "examined", "mapped"]

  private static func error(
    _ number: Int32, _ action: String, _ path: String, underlying: (any Error)? = nil
  ) -> LociError {
    let code = FileError.code(number, readingActions.contains(action) ? .reading : .writing)
    let remedy: String? =
      switch code {
      case .diskFull: "Free some space on that disk, and try again."
      case .readOnly, .forbidden:
        "Check the permissions, or choose another folder (HF_HUB_CACHE, LOCI_HOME)."
      default: nil
      }
    return LociError(
      // A file of a model went away; that does not mean that there is no such model.
      code == .notFound ? .io : code, "\(path) can't be \(action): \(FileError.reason(number)).",
      remedy: remedy, underlying: underlying)
  }
}
