import LociCore
import Synchronization

/// Notices when a store's files are not those any more that it opened: SQLite goes on writing to a
/// deleted file, and says nothing. All connections of a store share it, so that one that is opened
/// later takes no other file.
final class FileWatch: Sendable {
  private let path: String
  /// The file, its log and its log's index. SQLite makes the latter two with the first
  /// transaction, and keeps them for as long as anybody has the file open.
  private let known: Mutex<[String: FileIdentity]>

  /// Begins to watch a file that a connection has just opened.
  ///
  /// - Throws: ``LociError/Code/replaced`` where it lost its name meanwhile.
  init(_ connection: Connection) throws {
    path = connection.path
    guard let identity = FileIdentity(path), !connection.hasMoved else {
      throw Self.replaced(connection.path)
    }
    known = Mutex(["": identity])
  }

  /// Throws ``LociError/Code/replaced`` where a file is gone or another one.
  ///
  /// - Parameters:
  ///   - isFrozen: Whether the file is read without locks: then a log may come and go.
  ///   - learns: Whether the connection has had a transaction, and so keeps the log and its index
  ///     where they are from now on. Before that, whoever closes the file last removes them.
  func check(isFrozen: Bool = false, learns: Bool = false) throws(LociError) {
    let lost = known.withLock { known in
      (isFrozen ? [""] : ["", "-wal", "-shm"]).first { ending in
        let now = FileIdentity(path + ending)
        guard let before = known[ending] else {
          if learns { known[ending] = now }
          return false
        }
        return now != before
      }
    }
    if let lost { throw Self.replaced(path + lost) }
  }

  private static func replaced(_ file: String) -> LociError {
    LociError(
      .replaced, "The file \(file) was deleted, moved or replaced while it was in use.",
      remedy: "Open the store again; what was not acknowledged is not in it.")
  }
}

/// What a file that is read without locks must stay.
struct FrozenFile {
  private let path: String
  private let state: FileState

  /// Nil where there is no regular file, or a log that belongs to it.
  init?(_ path: String) {
    guard let state = FileState(path), state.isRegular, LogHeader(beside: path) == nil else {
      return nil
    }
    self.path = path
    self.state = state
  }

  /// Throws ``LociError/Code/busy`` where somebody has written to it.
  func check() throws(LociError) {
    guard FileState(path) == state, LogHeader(beside: path) == nil else {
      throw LociError(
        .busy, "The store \(path) was written to while this process, which may not, read it.",
        remedy: "Try again.")
    }
  }
}
