/// Dates by numbers, and by the names of months, seasons and weekdays.
extension TimeFinder {
  // MARK: Numbers

  /// `2023-05-08`, `2023/05/08`, `2023-05`, `8.5.2023`, `8/5/2023`, `8-5-2023`.
  func numericDate(_ index: Int) -> TimeReading? {
    guard isSign(index + 1, "-", "/", "."), isGlued(index + 1), isGlued(index + 2) else {
      return nil
    }
    let sign = tokens[index + 1].value
    let isFull =
      isSign(index + 3, "-", "/", ".") && tokens[index + 3].value == sign && isGlued(index + 3)
      && isGlued(index + 4)
    if let year = isNumber(index, 1000...2999, digits: 4...4) {
      guard let month = isNumber(index + 2, 1...12, digits: 1...2) else { return nil }
      if isFull, let day = isNumber(index + 4, 1...31, digits: 1...2) {
        let last = endOfTime(index + 5)
        // "2023.1.2" is a version.
        guard let day = CivilDay.existing(year: year, month: month, day: day),
          sign != 0x2E || tokens[index + 2].length == 2 && tokens[index + 4].length == 2,
          stands(index..<last)
        else { return nil }
        return TimeReading(days: day..<day + 1, .day, index..<last)
      }
      guard sign == 0x2D, !isFull, tokens[index + 2].length == 2, (1900...2099).contains(year),
        stands(index..<index + 3)
      else { return nil }
      return reading(month: month, year: year, index..<index + 3)
    }
    guard isFull, let year = isNumber(index + 4, 1000...2999, digits: 4...4),
      let first = isNumber(index, 1...31, digits: 1...2),
      let second = isNumber(index + 2, 1...31, digits: 1...2), stands(index..<index + 5)
    else { return nil }
    let dayFirst = CivilDay.existing(year: year, month: second, day: first)
    let monthFirst = CivilDay.existing(year: year, month: first, day: second)
    return ambiguous(dayFirst, sign == 0x2E ? nil : monthFirst, index..<index + 5)
  }

  /// The day first, or, in English, the month: where both can be, both are.
  private func ambiguous(
    _ dayFirst: Int?, _ monthFirst: Int?, _ tokens: Range<Int>
  ) -> TimeReading? {
    guard let dayFirst, let monthFirst, dayFirst != monthFirst else {
      return (dayFirst ?? monthFirst).map { TimeReading(days: $0..<$0 + 1, .day, tokens) }
    }
    var reading = TimeReading(days: dayFirst..<dayFirst + 1, .day, tokens)
    let spoken = languages.spoken
    if spoken.isEmpty || spoken.contains(Languages(.english)) {
      reading.other = monthFirst * 86_400..<(monthFirst + 1) * 86_400
    }
    return reading
  }

  /// Behind the time of day that is glued to a date: `T13:56:00Z`.
  private func endOfTime(_ index: Int) -> Int {
    guard isGlued(index), tokens[index].kind == .word, tokens[index].length == 1,
      isGlued(index + 1), tokens[index + 1].kind == .number
    else { return index }
    var end = index + 2
    while isGlued(end), end < index + 12,
      tokens[end].kind == .number || isSign(end, ":", ".", "+", "-") && isGlued(end + 1)
        || tokens[end].kind == .word && tokens[end].length == 1
    { end += 1 }
    return end
  }

  private func reading(
    month: Int, year: Int, _ tokens: Range<Int>, _ languages: Languages = .all
  ) -> TimeReading {
    let days =
      CivilDay.number(year: year, month: month)..<CivilDay.number(year: year, month: month + 1)
    return TimeReading(days: days, .month, tokens, languages)
  }

  // MARK: Months

  /// `8 May 2023`, `8th of May`, `May 8, 2023`, `8–10 May`, `first of May`, `le 1er mai 2023`.
  func dayOfMonth(_ index: Int) -> TimeReading? {
    monthBehindDay(index) ?? dayBehindMonth(index)
  }

  private func monthBehindDay(_ index: Int) -> TimeReading? {
    var (next, languages) = (index + 1, Languages.all)
    var isClear = false
    let number = isNumber(index, 1...31, digits: 1...2)
    guard let first = number ?? word(index, .ordinal)?.value else { return nil }
    var day = first
    if number == nil { languages = word(index, .ordinal)?.languages ?? [] }
    if number != nil, isSign(next, "-"), let last = isNumber(next + 1, first...31, digits: 1...2) {
      (day, next) = (last, next + 2)
    }
    if number != nil, isGlued(next), let suffix = word(next, .suffix) ?? word(next, .article) {
      (languages, next, isClear) = (suffix.languages, next + 1, true)
    } else if number != nil, isSign(next, "."), isGlued(next) {
      next += 1
    }
    let behind = skipFillers(next)
    isClear = isClear || behind > next
    guard let month = word(behind, .month), fits(languages, month.languages),
      number != nil || behind > next
    else { return nil }
    return reading(
      first...day, month, at: behind, index..<behind + 1, languages.intersection(month.languages),
      isClear: isClear)
  }

  private func dayBehindMonth(_ index: Int) -> TimeReading? {
    let english = Languages(.english)
    guard let month = word(index, .month), month.languages.contains(english) else { return nil }
    // "May 8", "Oct. 13", "May the fourth".
    let isFilled = isSign(index + 1, ".") && month.isShort || word(index + 1, .article) != nil
    let place = isFilled ? index + 2 : index + 1
    let number = isNumber(place, 1...31, digits: 1...2)
    guard let first = number ?? word(place, .ordinal)?.value else { return nil }
    var (next, last) = (place + 1, first)
    let isClear = isGlued(next) && word(next, .suffix) != nil
    if isClear { next += 1 }
    if isSign(next, "-"), let end = isNumber(next + 1, first...31, digits: 1...2) {
      (last, next) = (end, next + 2)
    }
    // An hour, a share or another figure is no day.
    guard !(isGlued(next) && isSign(next, ":", "%", "/", ".") && isGlued(next + 1)),
      !(isGlued(next) && tokens[next].kind == .word), !isSign(next, "%")
    else { return nil }
    return reading(first...last, month, at: index, index..<next, english, isClear: isClear)
  }

  /// - Parameters:
  ///   - place: Where the month stands.
  ///   - isClear: Whether even a weak word for a month is one here.
  private func reading(
    _ dates: ClosedRange<Int>, _ month: TimeVocabulary.Meaning, at place: Int,
    _ range: Range<Int>, _ languages: Languages, isClear: Bool
  ) -> TimeReading? {
    var (end, year) = (range.upperBound, Int?.none)
    if let found = yearBehind(end, isShort: month.isShort) { (year, end) = found }
    guard isClear || year != nil || !month.isWeak || tokens[place].isCapital,
      stands(range.lowerBound..<end, joins: true)
    else { return nil }
    func days(_ year: Int) -> Range<Int>? {
      guard let last = CivilDay.existing(year: year, month: month.value, day: dates.upperBound)
      else { return nil }
      return last - (dates.upperBound - dates.lowerBound)..<last + 1
    }
    let usual = CalendarUnits.Choice.usual(isFuture: isFuture)
    guard
      let found = year.map(days) ?? CalendarUnits.days(usual, on: now.day, in: days)
    else { return nil }
    var reading = TimeReading(days: found, .day, range.lowerBound..<end, languages)
    reading.hasYear = year != nil
    return reading
  }

  /// `May 2023`, `mayo de 2023`; and `May` where something before it asks for a time.
  func month(_ index: Int, isExpected: Bool) -> TimeReading? {
    guard let month = word(index, .month) else { return nil }
    let end = isSign(index + 1, ".") && isGlued(index + 1) && month.isShort ? index + 2 : index + 1
    if let (year, end) = yearBehind(end, isShort: month.isShort) {
      guard stands(index..<end, joins: true) else { return nil }
      return reading(month: month.value, year: year, index..<end, month.languages)
    }
    guard isExpected || isAsked(index, .in, month.languages),
      stands(index..<index + 1, joins: true),
      !month.isShort || tokens[index].isCapital
    else { return nil }
    return recurring(index..<index + 1, .month, month.languages) { year in
      CivilDay.number(
        year: year, month: month.value)..<CivilDay.number(year: year, month: month.value + 1)
    }
  }

  /// What comes once a year, as the sentence means it.
  private func recurring(
    _ tokens: Range<Int>, _ grain: TimeGrain, _ languages: Languages,
    _ yearly: (_ year: Int) -> Range<Int>
  ) -> TimeReading? {
    let usual = CalendarUnits.Choice.usual(isFuture: isFuture)
    return CalendarUnits.days(usual, on: now.day, in: yearly).map { days in
      var reading = TimeReading(days: days, grain, tokens, languages)
      reading.hasYear = false
      return reading
    }
  }

  /// A year behind a month or a season, with a comma or `of` between them, and where it ends.
  func yearBehind(_ index: Int, isShort: Bool = false) -> (year: Int, end: Int)? {
    var next = isShort && isSign(index, ".") ? index + 1 : index
    if isSign(next, ",") { next += 1 }
    next = skipFillers(next)
    guard let year = isNumber(next, 1000...2999, digits: 4...4),
      stands(next..<next + 1, joins: true)
    else { return nil }
    return (year, word(next + 1, .unit)?.languages == Languages(.russian) ? next + 2 : next + 1)
  }

  /// Whether a preposition of the same language stands before a token, or before its articles.
  func isAsked(_ index: Int, _ role: TimeVocabulary.Role, _ languages: Languages) -> Bool {
    for back in 1...2 {
      let before = index - back
      if let word = word(before, role), fits(word.languages, languages) { return true }
      guard word(before, .article) != nil || isSign(before, "'") else { return false }
    }
    return word(index - 3, role).map { fits($0.languages, languages) } ?? false
  }

  // MARK: Seasons, quarters, weekdays

  /// `summer 2022`, `summer of 2022`, `in the summer`.
  func season(_ index: Int, isExpected: Bool) -> TimeReading? {
    guard let season = word(index, .season) ?? word(index, .inSeason) else { return nil }
    if let (year, end) = yearBehind(index + 1) {
      return TimeReading(
        days: CalendarUnits.days(ofSeason: season.value, in: year), .season, index..<end,
        season.languages)
    }
    guard isExpected || season.role == .inSeason || isAsked(index, .in, season.languages)
    else { return nil }
    return recurring(index..<index + 1, .season, season.languages) {
      CalendarUnits.days(ofSeason: season.value, in: $0)
    }
  }

  /// `Q2 2023`, `2023 Q2`.
  func quarter(_ index: Int) -> TimeReading? {
    func number(_ index: Int) -> Int? {
      word(index, .quarter).flatMap { _ in
        isGlued(index + 1) ? isNumber(index + 1, 1...4, digits: 1...1) : nil
      }
    }
    func reading(_ number: Int, _ year: Int, _ tokens: Range<Int>) -> TimeReading? {
      guard stands(tokens) else { return nil }
      let first = CivilDay.number(year: year, month: 3 * number - 2)
      let end = CivilDay.number(year: year, month: 3 * number + 1)
      return TimeReading(days: first..<end, .season, tokens)
    }
    if let number = number(index) {
      let next = isSign(index + 2, "/") ? index + 3 : index + 2
      guard let (year, end) = yearBehind(next) else { return nil }
      return reading(number, year, index..<end)
    }
    guard let year = isNumber(index, 1900...2099, digits: 4...4) else { return nil }
    let next = isSign(index + 1, "-", "/") ? index + 2 : index + 1
    return number(next).flatMap { reading($0, year, index..<next + 2) }
  }

  /// `on Tuesday`, `Tuesday evening`; before a date, the date is what counts.
  func weekday(_ index: Int) -> TimeReading? {
    guard let weekday = word(index, .weekday), word(index - 1, .every) == nil else { return nil }
    var end = index + 1
    if isSign(end, "-"), word(end + 1, .workday) != nil { end += 2 }
    let dated = skipFillers(isSign(end, ",") ? end + 1 : end)
    if let date = dayOfMonth(dated) ?? numericDate(dated) { return date.begun(at: index) }
    let isClear = end > index + 1 || !weekday.isWeak && !weekday.isShort
    let isNamed = !weekday.isShort || tokens[index].isCapital
    guard isClear || isNamed && isAsked(index, .on, weekday.languages),
      let days = CalendarUnits.days(
        ofWeekday: weekday.value, .usual(isFuture: isFuture), on: now.day)
    else { return nil }
    return inPart(TimeReading(days: days, .day, index..<end, weekday.languages))
  }

  // MARK: Years

  /// A year by itself, where a preposition or a bracket says that it is one, and nothing is counted
  /// by it.
  func year(_ index: Int, isExpected: Bool) -> TimeReading? {
    guard let year = isNumber(index, 1500...2099, digits: 4...4),
      stands(index..<index + 1, joins: true)
    else { return nil }
    let isBracketed = isSign(index - 1, "(") && isSign(index + 1, ")")
    let isYear = word(index - 1, .unit)?.value == TimeVocabulary.year
    guard isExpected || isBracketed || isYear || isAsked(index, .in, .all), !counts(index)
    else { return nil }
    let days = CivilDay.number(year: year, month: 1)..<CivilDay.number(year: year + 1, month: 1)
    let isNamed = word(index + 1, .unit)?.languages == Languages(.russian)
    return TimeReading(days: days, .year, index..<(isNamed ? index + 2 : index + 1))
  }

  /// Whether a number counts what stands behind it: `2023 items`.
  private func counts(_ index: Int) -> Bool {
    guard tokens.indices.contains(index + 1), tokens[index + 1].kind == .word,
      word(index + 1, .unit)?.languages != Languages(.russian)
    else { return false }
    return word(index + 1, .unit) != nil || word(index + 1, .counted) != nil
      || tokens[index + 1].isPlural
  }

  /// `the 1990s`.
  func decade(_ index: Int) -> TimeReading? {
    guard let year = isNumber(index, 1500...2090, digits: 4...4), year % 10 == 0,
      isGlued(index + 1),
      let word = word(index + 1, .decade), stands(index..<index + 2)
    else { return nil }
    let first = CivilDay.number(year: year, month: 1)
    let end = CivilDay.number(year: year + 10, month: 1)
    return TimeReading(days: first..<end, .decade, index..<index + 2, word.languages)
  }
}
