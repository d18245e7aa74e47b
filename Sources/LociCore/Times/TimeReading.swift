/// A stretch of days or seconds that words name, before it is a ``TimeSpan``.
struct TimeReading {
  /// Local seconds since 1970; nil where it is open.
  var start: Int?
  var end: Int?
  var grain: TimeGrain
  /// The tokens that name it.
  var tokens: Range<Int>
  var languages = Languages.all
  /// Whether its year is named, or counted.
  var hasYear = true
  /// What the same words may mean as well.
  var other: Range<Int>?

  /// Whole days.
  init(days: Range<Int>, _ grain: TimeGrain, _ tokens: Range<Int>, _ languages: Languages = .all) {
    (start, end) = (days.lowerBound * 86_400, days.upperBound * 86_400)
    (self.grain, self.tokens, self.languages) = (grain, tokens, languages)
  }

  /// Its first day; nil where it is open.
  var firstDay: Int? { start.map { CivilDay.floorQuotient($0, 86_400) } }

  /// The same with another beginning in the text.
  func begun(at token: Int) -> TimeReading {
    var copy = self
    copy.tokens = token..<tokens.upperBound
    return copy
  }

  /// The part of a day.
  func at(_ part: TimeVocabulary.DayPart, until end: Int? = nil) -> TimeReading {
    guard let day = firstDay else { return self }
    var copy = self
    copy.start = day * 86_400 + part.hours.lowerBound * 3600
    copy.end = day * 86_400 + part.hours.upperBound * 3600
    copy.grain = .dayPart
    copy.tokens = tokens.lowerBound..<(end ?? tokens.upperBound)
    return copy
  }
}
