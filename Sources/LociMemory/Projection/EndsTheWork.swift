import LociCore

extension Error {
  /// Whether nothing more should be tried after this error: the caller gave up, or what was being
  /// written to is not there any more.
  var endsTheWork: Bool {
    self is CancellationError || (self as? LociError)?.code == .replaced
  }
}
