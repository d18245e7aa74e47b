/// Decides whether work that failed is tried again, and after which pause. It only decides.
package struct Retry {
  /// What may be repeated.
  package enum Kind: Sendable {
    /// Reads, and writes that may be done twice with the same outcome.
    case repeatable
    /// Writes that must not be done twice.
    case once
  }

  private let kind: Kind
  /// Whether a connection to the server has come about before: then its absence may be a restart.
  private let wasConnected: Bool
  private var losses = 0
  private var absences = 0
  private var collisions = 0

  /// Starts with no failure.
  package init(_ kind: Kind, wasConnected: Bool) {
    self.kind = kind
    self.wasConnected = wasConnected
  }

  /// The pause before the next attempt; nil to give up.
  ///
  /// A broken connection is replaced once. A server that is not there is waited for, at most
  /// 3.15 s in all, where it was there before. A collision is tried again up to 12 times.
  package mutating func pause(after failure: ConnectionFailure) -> Duration? {
    if failure.isLostSafely || (failure.isLostInCommit && kind == .repeatable) {
      losses += 1
      return losses <= 1 ? .zero : nil
    }
    if failure.isUnreachable && (wasConnected || losses > 0) {
      absences += 1
      return absences <= 6 ? .milliseconds(25 << absences) : nil
    }
    if failure.isCollision {
      collisions += 1
      return collisions <= 12 ? .milliseconds(min(1 << collisions, 200)) : nil
    }
    return nil
  }
}
