/// Days of the Gregorian calendar as plain numbers, also before it was invented: no locale, no
/// time zone database, the same on every system.
///
/// The arithmetic is Howard Hinnant's ("chrono-Compatible Low-Level Date Algorithms", 2013): a year
/// that begins in March has its leap day at its end, and 400 years have 146,097 days.
enum CivilDay {
  /// The years that are computed with.
  static let years = 1...9999
  /// Their days: from 0001-01-01 to 9999-12-31.
  static let days = -719_162...2_932_896

  /// Days since 1970-01-01; negative before it.
  ///
  /// - Parameter month: Any number: months beyond 1…12 are those of other years.
  static func number(year: Int, month: Int, day: Int = 1) -> Int {
    let months = month - 1
    let month = floorModulo(months, 12) + 1
    let year = year + floorQuotient(months, 12) - (month <= 2 ? 1 : 0)
    let era = floorQuotient(year, 400)
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The date of a number of days since 1970-01-01.
  static func date(_ number: Int) -> (year: Int, month: Int, day: Int) {
    let days = number + 719_468
    let era = floorQuotient(days, 146_097)
    let dayOfEra = days - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth + (marchMonth < 10 ? 3 : -9)
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * marchMonth + 2) / 5 + 1
    )
  }

  /// 0 for a Monday … 6 for a Sunday: 1970-01-01 was a Thursday.
  static func weekday(_ number: Int) -> Int { floorModulo(number + 3, 7) }

  /// The number of a day that is in the calendar.
  static func existing(year: Int, month: Int, day: Int) -> Int? {
    guard years.contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let first = number(year: year, month: month)
    return day <= number(year: year, month: month + 1) - first ? first + day - 1 : nil
  }

  static func floorQuotient(_ value: Int, _ divisor: Int) -> Int {
    value / divisor - (value % divisor < 0 ? 1 : 0)
  }

  static func floorModulo(_ value: Int, _ divisor: Int) -> Int {
    value - floorQuotient(value, divisor) * divisor
  }
}
