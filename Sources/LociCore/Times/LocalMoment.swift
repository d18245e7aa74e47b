import Foundation

/// A moment by the clock and the calendar of who writes.
struct LocalMoment {
  /// Seconds since 1970-01-01, as the local clock shows them.
  let seconds: Int
  /// Seconds east of UTC.
  let offset: Int

  /// Takes the nearest moment of the years that are computed with.
  init(_ moment: Date, secondsFromUTC offset: Int) {
    let (least, most) = (CivilDay.days.lowerBound * 86_400, CivilDay.days.upperBound * 86_400)
    self.offset = min(max(offset, -86_400), 86_400)
    let seconds = moment.timeIntervalSince1970
    let inside = seconds.isNaN ? 0 : min(max(seconds, Double(least)), Double(most))
    self.seconds = min(max(Int(inside.rounded(.down)) + self.offset, least), most)
  }

  private init(seconds: Int, offset: Int) {
    (self.seconds, self.offset) = (seconds, offset)
  }

  /// The beginning of a stretch that was found, as where one stands.
  func at(_ seconds: Int) -> LocalMoment { LocalMoment(seconds: seconds, offset: offset) }

  var day: Int { CivilDay.floorQuotient(seconds, 86_400) }
  var date: (year: Int, month: Int, day: Int) { CivilDay.date(day) }
}
