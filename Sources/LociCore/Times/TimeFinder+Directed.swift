/// The last, this and the next of what comes again and again.
extension TimeFinder {
  /// `last week`, `this May`, `next Tuesday`, `la semana pasada`, `the last two weeks`.
  func directed(_ index: Int) -> TimeReading? {
    if let choice = choice(index) {
      return stretch(index, choice.choice, choice.languages, from: index + 1)
        ?? pastStretch(index, choice.languages)
    }
    if let past = word(index, .past) { return pastStretch(index, past.languages) }
    return before(index) ?? behind(index)
  }

  private func choice(
    _ index: Int
  ) -> (choice: CalendarUnits.Choice, languages: Languages)? {
    if let word = word(index, .last) { return (.last, word.languages) }
    if let word = word(index, .this) { return (.this, word.languages) }
    if let word = word(index, .next) { return (.next, word.languages) }
    return nil
  }

  /// What a word of direction stands before.
  private func stretch(
    _ index: Int, _ choice: CalendarUnits.Choice, _ languages: Languages, from next: Int
  ) -> TimeReading? {
    let end = next + 1
    if let part = word(next, .part), fits(part.languages, languages) {
      return self.part(part.value, choice, index..<end, languages)
    }
    guard let (days, grain, own) = named(next, choice), fits(own, languages) else { return nil }
    // A year behind a month says more than the direction.
    if grain == .month || grain == .season, yearBehind(end) != nil { return nil }
    var reading = TimeReading(days: days, grain, index..<end, own.intersection(languages))
    if isSign(end, "-"), word(end + 1, .workday) != nil { reading.tokens = index..<end + 2 }
    return grain == .day ? inPart(reading) : reading
  }

  /// `last night`, `this morning`.
  private func part(
    _ value: Int, _ choice: CalendarUnits.Choice, _ tokens: Range<Int>, _ languages: Languages
  ) -> TimeReading? {
    let step =
      switch choice {
      case .last: -1
      case .next: 1
      case .this, .usual: 0
      }
    return TimeVocabulary.DayPart(value: value).map {
      reading(day: now.day + step, tokens, languages).at($0)
    }
  }

  /// What a token names that comes again and again.
  private func named(
    _ index: Int, _ choice: CalendarUnits.Choice
  ) -> (days: Range<Int>, grain: TimeGrain, languages: Languages)? {
    if let unit = word(index, .unit) {
      return unitDays(unit.value, choice).map { ($0.days, $0.grain, unit.languages) }
    }
    if let weekday = word(index, .weekday) {
      guard !weekday.isShort || tokens[index].isCapital else { return nil }
      return CalendarUnits.days(ofWeekday: weekday.value, choice, on: now.day)
        .map { ($0, .day, weekday.languages) }
    }
    if let month = word(index, .month) {
      var isThis = false
      if case .this = choice { isThis = true }
      let isClear = !month.isShort && !(month.isWeak && isThis)
      guard isClear || tokens[index].isCapital else { return nil }
      let days = CalendarUnits.days(choice, on: now.day) {
        CivilDay.number(
          year: $0, month: month.value)..<CivilDay.number(year: $0, month: month.value + 1)
      }
      return days.map { ($0, .month, month.languages) }
    }
    guard let season = word(index, .season) else { return nil }
    return CalendarUnits.days(choice, on: now.day) {
      CalendarUnits.days(ofSeason: season.value, in: $0)
    }.map { ($0, .season, season.languages) }
  }

  func unitDays(
    _ unit: Int, _ choice: CalendarUnits.Choice
  ) -> (days: Range<Int>, grain: TimeGrain)? {
    let grain = TimeGrain.allCases[unit]
    // "The last day" is of something, "this hour" is now.
    guard grain > .day else { return nil }
    let step =
      switch choice {
      case .last: -1
      case .next: 1
      case .this, .usual: 0
      }
    var days = CalendarUnits.days(of: grain, around: now.day, movedBy: step)
    if grain == .weekend, step < 0, now.day < days.upperBound { days = days.moved(by: -7) }
    return (days, grain)
  }

  /// `the last two weeks`, `the past year`: up to now.
  private func pastStretch(_ index: Int, _ languages: Languages) -> TimeReading? {
    var (count, next) = (1, index + 1)
    if let quantity = quantity(next) {
      guard fits(quantity.languages, languages) else { return nil }
      (count, next) = (quantity.range.upperBound, quantity.end)
    } else if word(index, .past) == nil {
      return nil
    }
    guard let unit = word(next, .unit), fits(unit.languages, languages) else { return nil }
    let grain = TimeGrain.allCases[unit.value]
    var isAhead = word(index, .next) != nil
    if word(index, .last) != nil || word(index, .past) != nil { isAhead = false }
    guard isAhead || word(index, .this) == nil else { return nil }
    let other = moved(now.day, by: isAhead ? count : -count, grain)
    return TimeReading(
      days: min(now.day, other)..<max(now.day, other) + 1, grain, index..<next + 1,
      unit.languages.intersection(languages))
  }

  /// The same day, so many units away.
  private func moved(_ day: Int, by count: Int, _ grain: TimeGrain) -> Int {
    let date = CivilDay.date(day)
    func months(_ count: Int) -> Int {
      CivilDay.number(year: date.year, month: date.month + count) + date.day - 1
    }
    switch grain {
    case .hour, .dayPart: return day
    case .day: return day + count
    case .weekend, .week: return day + 7 * count
    case .month: return months(count)
    case .season: return months(3 * count)
    case .year: return months(12 * count)
    case .decade: return months(120 * count)
    }
  }

  /// `the week before last`.
  private func before(_ index: Int) -> TimeReading? {
    guard let unit = word(index, .unit), let before = word(index + 1, .before),
      let last = word(index + 2, .last), word(index + 3, .unit) == nil,
      fits(unit.languages.intersection(before.languages), last.languages)
    else { return nil }
    let grain = TimeGrain.allCases[unit.value]
    guard grain > .day, let (days, _) = unitDays(unit.value, .last) else { return nil }
    return TimeReading(
      days: CalendarUnits.days(of: grain, around: days.lowerBound, movedBy: -1), grain,
      index..<index + 3, last.languages)
  }

  /// `la semana pasada`, `mardi dernier`: the direction stands behind.
  private func behind(_ index: Int) -> TimeReading? {
    let romance: Languages = [
      Languages(.french), Languages(.spanish), Languages(.italian), Languages(.portuguese),
    ]
    var next = index + 1
    if isSign(next, "-"), word(next + 1, .workday) != nil { next += 2 }
    guard let choice = choice(next), word(next, .this) == nil,
      let (days, grain, own) = named(index, choice.choice),
      fits(own.intersection(romance), choice.languages)
    else { return nil }
    return TimeReading(
      days: days, grain, index..<next + 1, own.intersection(choice.languages))
  }
}

extension Range<Int> {
  fileprivate func moved(by steps: Int) -> Range<Int> { lowerBound + steps..<upperBound + steps }
}
