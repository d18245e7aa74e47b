public import LociCore

/// How a folder is followed.
public struct FollowOptions: Hashable, Sendable {
  /// How long nothing must change before files are read: editors write in several steps.
  public var quiet: Duration
  /// After so long files are read although they still change.
  public var longestBurst: Duration
  /// How often the folder is looked through where the system does not tell of changes.
  public var interval: Duration
  /// Whether the folder is looked through every ``interval`` and the system is not asked: a network
  /// share tells nothing of what others do there.
  public var polls: Bool

  /// Makes options.
  ///
  /// ```swift
  /// let sparing = FollowOptions(interval: .seconds(30), polls: true)
  /// ```
  public init(
    quiet: Duration = .milliseconds(300), longestBurst: Duration = .seconds(5),
    interval: Duration = .seconds(2), polls: Bool = false
  ) {
    self.quiet = quiet
    self.longestBurst = longestBurst
    self.interval = interval
    self.polls = polls
  }
}

/// What happened to a folder that is followed.
public enum FollowEvent: Sendable {
  /// Files were taken in, or are gone.
  case ingested(IngestReport)
  /// The folder or the store can't be used right now; it is tried again.
  case failed(LociError)
}
