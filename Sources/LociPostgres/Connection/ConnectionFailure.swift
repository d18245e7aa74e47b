/// What went wrong on a connection, before it is decided whether to try again.
package enum ConnectionFailure: Error {
  /// No connection came about. `state` is the server's SQLSTATE, where it answered at all.
  case unreachable(state: String?, detail: String)
  /// The connection broke. Where a commit was on its way, nobody knows whether it arrived.
  case lost(isCommitUnknown: Bool, detail: String)
  /// Nothing came back within the time allowed, so the connection was given up.
  case hung(isCommitUnknown: Bool)
  /// The server refused a statement.
  case refused(state: String, message: String)
  /// The caller's task was cancelled, and nothing was written.
  case cancelled

  /// Whether the connection broke before anything can have been written.
  var isLostSafely: Bool {
    if case .lost(isCommitUnknown: false, _) = self { return true }
    return false
  }

  /// Whether the connection broke while a commit was on its way.
  var isLostInCommit: Bool {
    if case .lost(isCommitUnknown: true, _) = self { return true }
    return false
  }

  /// Whether the server did not answer, or is only not ready yet.
  var isUnreachable: Bool {
    guard case .unreachable(let state, _) = self else { return false }
    return state.map(Self.isShutdown) ?? true
  }

  /// Whether a new row has the name of one that is there.
  var isTaken: Bool {
    if case .refused("23505", _) = self { return true }
    return false
  }

  /// Whether another transaction was in the way: serialization failure, deadlock, or the same new
  /// row from two transactions at once.
  var isCollision: Bool {
    if case .refused(let state, _) = self, ["40001", "40P01"].contains(state) { return true }
    return isTaken
  }

  /// Admin shutdown, crash shutdown, cannot connect now; and class 08, connection exceptions.
  static func isShutdown(_ state: String) -> Bool {
    ["57P01", "57P02", "57P03"].contains(state) || state.hasPrefix("08")
  }
}
