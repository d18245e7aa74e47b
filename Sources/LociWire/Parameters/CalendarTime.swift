package import Foundation
package import LociJSON

/// A day or a moment, as somebody writes it in ISO 8601.
package struct CalendarTime: Hashable, ParameterValue {
  /// Where it begins.
  package let start: Date
  /// Where it is over: a moment is at once.
  package let end: Date

  package static var kind: ParameterKind { .time }

  /// Takes a moment.
  package init(_ moment: Date) { (start, end) = (moment, moment) }

  package init(_ json: JSON) throws(Misfit) {
    guard case .string(let text) = json else { throw Self.noTime }
    try self.init(text)
  }

  /// A day as such, a moment in milliseconds.
  package var json: JSON {
    let time = WireFormat.time(start)
    return .string(end > start ? String(time.prefix(10)) : time)
  }

  /// The last moment that belongs to it, in whole milliseconds.
  package var last: Date { end > start ? end.addingTimeInterval(-0.001) : start }

  /// Reads a text. A day must be in the calendar, from year 1 to 9999, and a time in the day.
  package init(_ text: String) throws(Misfit) {
    // Seconds, their fraction and the zone may be left out; a space may stand for the T.
    let form =
      #/
      (?<year>[0-9]{4}) - (?<month>[0-9]{2}) - (?<day>[0-9]{2})
      (?: [Tt\x20] (?<hour>[0-9]{2}) : (?<minute>[0-9]{2})
        (?: : (?<second>[0-9]{2}) (?: [.,] (?<fraction>[0-9]{1,9}) )? )?
        (?<zone> [Zz] | [+\-] [0-9]{2} (?: :? [0-9]{2} )? )?
      )?
      /#
    guard let fields = text.wholeMatch(of: form) else { throw Self.noTime }
    guard let day = Self.day(fields.year, fields.month, fields.day),
      let moment = Self.secondsOfDay(fields.hour, fields.minute, fields.second),
      let zone = Self.secondsFromUTC(fields.zone)
    else {
      throw Misfit(
        problem: " names a day or a time that does not exist.",
        remedy: "Months end on their last day, days at 23:59:59, and zones lie within 14:00.")
    }
    let fraction = fields.fraction.flatMap { Double("0." + $0) } ?? 0
    start = Date(timeIntervalSince1970: Double(day * 86_400 + moment - zone) + fraction)
    end = fields.hour == nil ? start.addingTimeInterval(86_400) : start
  }

  static let noTime = Misfit(
    needs: "a day or a time", remedy: "Give for example 2026-11-20 or 2026-11-20T15:30:00Z.")

  /// Days since 1970, or nil for a day that is not in the calendar.
  private static func day(_ year: Substring, _ month: Substring, _ day: Substring) -> Int? {
    guard let year = Int(year), let month = Int(month), let day = Int(day), year >= 1,
      (1...12).contains(month)
    else { return nil }
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...lengths[month - 1]).contains(day) else { return nil }
    let past = year - 1
    // Day 719,162 of the Gregorian calendar, counted from 0001-01-01, is 1970-01-01.
    return past * 365 + past / 4 - past / 100 + past / 400 - 719_162
      + lengths.prefix(month - 1).reduce(0, +) + day - 1
  }

  private static func secondsOfDay(
    _ hour: Substring?, _ minute: Substring?, _ second: Substring?
  ) -> Int? {
    guard let hour = Int(hour ?? "0"), let minute = Int(minute ?? "0"),
      let second = Int(second ?? "0"), hour < 24, minute < 60, second < 60
    else { return nil }
    return (hour * 60 + minute) * 60 + second
  }

  /// Seconds east of UTC; 0 for `Z` and where no zone is named.
  private static func secondsFromUTC(_ zone: Substring?) -> Int? {
    guard let zone, zone.count > 1 else { return 0 }
    let digits = zone.dropFirst().filter { $0 != ":" }
    guard let hours = Int(digits.prefix(2)), let minutes = Int("0" + digits.dropFirst(2)),
      minutes < 60, hours * 60 + minutes <= 14 * 60
    else { return nil }
    return (hours * 60 + minutes) * (zone.hasPrefix("-") ? -60 : 60)
  }
}
