/// The rule for every `limit` argument.
package enum Limit {
  /// Throws ``LociError/Code/invalidArgument`` for a limit below 1.
  package static func check(_ limit: Int) throws(LociError) {
    guard limit >= 1 else {
      throw LociError(.invalidArgument, "The limit is \(limit); it must be at least 1.")
    }
  }
}
