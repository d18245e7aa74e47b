/// Until when each call waits, behind one alarm: one for each call would wake a thread every time.
/// A value: it decides, its owner sets the alarm.
package struct Deadlines {
  private var ends: [UInt64: ContinuousClock.Instant] = [:]
  private var alarm: ContinuousClock.Instant?

  /// Starts with no call.
  package init() {}

  /// Takes a call in.
  ///
  /// - Returns: When an alarm must ring that is not set yet, if one must.
  package mutating func add(
    _ number: UInt64, until end: ContinuousClock.Instant
  ) -> ContinuousClock.Instant? {
    ends[number] = end
    if let alarm, alarm <= end { return nil }
    alarm = end
    return end
  }

  /// Takes a call out that was answered.
  package mutating func remove(_ number: UInt64) { ends[number] = nil }

  /// Takes out the calls whose time is over, at an alarm. Complexity: O(calls).
  ///
  /// - Returns: Those calls, and when the next alarm must ring, where it is not set yet.
  package mutating func ring(
    at now: ContinuousClock.Instant
  ) -> (over: [UInt64], next: ContinuousClock.Instant?) {
    let over = ends.filter { $0.value <= now }.keys.sorted()
    for number in over { ends[number] = nil }
    // An alarm that was set before an earlier one rings, too.
    if let alarm, alarm > now { return (over, nil) }
    alarm = ends.values.min()
    return (over, alarm)
  }
}
