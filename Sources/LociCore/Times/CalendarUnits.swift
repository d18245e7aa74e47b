/// Stretches of days around a day.
enum CalendarUnits {
  /// The unit that a day lies in, so many units further on; a day part and an hour are no days.
  static func days(of grain: TimeGrain, around day: Int, movedBy steps: Int = 0) -> Range<Int> {
    let (year, month, _) = CivilDay.date(day)
    func months(_ first: Int, _ count: Int) -> Range<Int> {
      CivilDay.number(year: year, month: first)..<CivilDay.number(year: year, month: first + count)
    }
    let monday = day - CivilDay.weekday(day) + 7 * steps
    switch grain {
    case .hour, .dayPart, .day: return day + steps..<day + steps + 1
    case .week: return monday..<monday + 7
    case .weekend: return monday + 5..<monday + 7
    case .month: return months(month + steps, 1)
    case .season: return months((month - 1) / 3 * 3 + 1 + 3 * steps, 3)
    case .year: return months(1 + 12 * steps, 12)
    case .decade:
      let first = year / 10 * 10 + 10 * steps
      return CivilDay.number(year: first, month: 1)..<CivilDay.number(year: first + 10, month: 1)
    }
  }

  /// So many units before or after a day, as people count them: months and years by the calendar,
  /// weeks as the days around.
  static func days(_ count: Int, _ grain: TimeGrain, from day: Int) -> Range<Int> {
    switch grain {
    case .week: day + 7 * count - 3..<day + 7 * count + 4
    case .weekend, .season, .decade, .month, .year, .hour, .dayPart, .day:
      days(of: grain, around: day, movedBy: count)
    }
  }

  /// Meteorological seasons of the northern half: 0 is spring. Winter begins in its year.
  static func days(ofSeason season: Int, in year: Int) -> Range<Int> {
    let first = 3 + 3 * season
    return CivilDay.number(year: year, month: first)..<CivilDay.number(year: year, month: first + 3)
  }

  /// Which one of what comes again and again is meant.
  enum Choice {
    /// The last one that has begun, or the next one where the sentence speaks of what will be.
    case usual(isFuture: Bool)
    /// The last one that is over.
    case last
    /// The one of now, or of this year.
    case this
    /// The first one that has not begun.
    case next

    /// Of stretches in their order, the one that is meant on a day.
    func of(_ stretches: [Range<Int>], on day: Int, isThis: (Range<Int>) -> Bool) -> Range<Int>? {
      switch self {
      case .usual(isFuture: false): stretches.last { $0.lowerBound <= day }
      case .usual(isFuture: true): stretches.first { $0.upperBound > day }
      case .last: stretches.last { $0.upperBound <= day }
      case .next: stretches.first { $0.lowerBound > day }
      case .this: stretches.first { $0.contains(day) } ?? stretches.first(where: isThis)
      }
    }
  }

  /// The day of the week that is meant on a day.
  static func days(ofWeekday weekday: Int, _ choice: Choice, on day: Int) -> Range<Int>? {
    let monday = day - CivilDay.weekday(day)
    let all = (-1...2).map { monday + 7 * $0 + weekday..<monday + 7 * $0 + weekday + 1 }
    return choice.of(all, on: day) { (monday..<monday + 7).contains($0.lowerBound) }
  }

  /// The month, season or day of a year that is meant on a day, given those of each year.
  static func days(
    _ choice: Choice, on day: Int, in yearly: (_ year: Int) -> Range<Int>?
  ) -> Range<Int>? {
    let year = CivilDay.date(day).year
    // Eight years always hold a leap day.
    let all = (year - 8...year + 8).compactMap(yearly)
    return choice.of(all, on: day) { CivilDay.date($0.lowerBound).year == year }
  }
}
