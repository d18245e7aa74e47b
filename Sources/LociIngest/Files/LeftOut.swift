/// A file or folder that a walk left out, and why. That is no error.
public struct LeftOut: Hashable, Sendable {
  /// Why something was left out.
  public enum Reason: Hashable, Sendable {
    /// Its name begins with a dot.
    case hidden
    /// It is a folder that tools make, by its name.
    case madeByTools
    /// An ignore file says so.
    case ignored(by: String)
    /// ``FileSelection/exclude`` says so.
    case excluded
    /// It is a symbolic link; links are not followed.
    case symbolicLink
    /// It is a device, a pipe or a socket.
    case noPlainFile
    /// Its name does not promise text, and it holds none.
    case noText
  }

  /// The absolute path.
  public let path: String
  /// Whether it is a folder, left out with all that is in it.
  public let isFolder: Bool
  /// Why.
  public let reason: Reason

  package init(path: String, isFolder: Bool, reason: Reason) {
    (self.path, self.isFolder, self.reason) = (path, isFolder, reason)
  }
}
